"""The rows of inspections."""
