"""Translating a consultation: words beside words, a second person, files for translators."""
