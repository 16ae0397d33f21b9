"""Reading plan documents: characters in, a draft with its sources out. Pure Python: no Django, no database, no network."""
