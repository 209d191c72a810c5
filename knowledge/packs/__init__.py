"""Guides to take along without a network: one ZIP of pages and files, signed."""
