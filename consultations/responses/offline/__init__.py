"""Answers that began elsewhere: a form sent as a file, or typed in by staff."""
