"""How hazards look in the API, and what its actions take. Money in 万元, moments ISO 8601 with offset."""
