"""What happens to consultations, and the Atom feeds of it."""
