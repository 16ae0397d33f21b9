"""Append-only, hash-chained record of who did what, when, from where, and what was there before and after."""

from audit.recorder import record, snapshot

__all__ = ["record", "snapshot"]
