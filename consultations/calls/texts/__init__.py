"""The texts of a consultation in other languages, beside the original."""
