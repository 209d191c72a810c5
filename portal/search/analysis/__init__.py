"""From what a reader typed to what the engines look for."""
