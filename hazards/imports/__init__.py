"""Hazard ledgers as villages, departments and old systems send them (台账导入)."""
