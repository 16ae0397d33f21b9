"""Api of inspections."""
