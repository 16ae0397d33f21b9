"""The room's verbs: every write to a visit or a paper that has a rule."""
