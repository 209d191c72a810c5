"""The forms of answering, part by part and step by step."""
