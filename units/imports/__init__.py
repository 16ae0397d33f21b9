"""Enterprises out of ledgers: the directory import, and matching what other ledgers call an enterprise."""
