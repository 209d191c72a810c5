"""Interests that staff declare in consultations, and take back, in the Wagtail admin."""
