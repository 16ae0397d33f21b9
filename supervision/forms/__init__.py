"""Forms of supervision: one per `form` of a rule, by kind of record."""
