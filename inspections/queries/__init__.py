"""Queries of inspections."""
