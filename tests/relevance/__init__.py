"""How well the search ranks: queries judged by reading, over cards that stay and over today's."""
