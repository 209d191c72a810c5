"""Texts as PDF: the library that lays them out, and what it needs of the system."""
