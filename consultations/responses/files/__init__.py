"""The files of an answer, from what was sent to what readers have."""
