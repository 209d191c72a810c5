"""What editors and experts do with a fact check."""
