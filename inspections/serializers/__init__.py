"""Serializers of inspections."""
