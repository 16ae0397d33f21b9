"""Every write with a rule about units, people and policies."""
