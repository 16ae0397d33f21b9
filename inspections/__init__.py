"""Looking: plans, draws, checklists, visits, self-checks, dangerous work, papers."""
