"""Duties that count themselves: who owes what, what counts, and who will be short before the period ends."""
