"""Indicators: the ones the system starts with, what units alone can tell, and the values of every month."""
