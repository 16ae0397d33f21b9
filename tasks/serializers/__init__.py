"""What the API of tasks takes and answers."""
