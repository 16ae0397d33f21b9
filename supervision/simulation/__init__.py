"""What a ladder would have done with the past: the deadlines hazards had, climbed by the arithmetic of the real run."""
