"""What the API of supervision takes and answers."""
