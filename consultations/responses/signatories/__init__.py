"""Who signs an answer together with others, and what they sign."""
