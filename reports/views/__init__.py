"""Pages of notices, statistics and the dashboard: each view parses, asks a query or a transition, presents."""
