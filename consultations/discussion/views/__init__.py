"""The pages of a discussion."""
