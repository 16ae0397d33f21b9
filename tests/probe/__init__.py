"""Bad input for every address that takes any: what is sent, who sends it, and what the answer must be."""
