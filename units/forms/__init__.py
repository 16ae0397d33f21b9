"""Shapes of what people type about units, people and policies."""
