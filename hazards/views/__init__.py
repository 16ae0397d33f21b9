"""Pages of hazards: each view parses, asks a query or a transition, presents."""
