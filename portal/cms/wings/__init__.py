"""What the wings tell each other: registries on the ground floor, which each wing fills."""
