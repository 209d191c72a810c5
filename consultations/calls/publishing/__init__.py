"""What publishing a consultation asks for, and what it settles: its opening, its questions."""
