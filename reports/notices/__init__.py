"""The notice 通报: its snapshot of figures, its words, its paper."""
