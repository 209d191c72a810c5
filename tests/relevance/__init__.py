"""How well the search ranks: queries judged by reading, over the demonstration's content."""
