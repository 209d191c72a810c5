"""Answers as they are kept: what they hold, what is missing of them."""
