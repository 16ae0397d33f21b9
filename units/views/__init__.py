"""Pages of people and units."""

from units.views.signing import locked_out

__all__ = ["locked_out"]
