"""Translating a page: words beside words, files for translators; approval is as for any page."""
