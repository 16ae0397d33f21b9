"""Filter bars of inspections."""
