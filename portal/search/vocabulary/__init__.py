"""The words of the cards: how common each is, and what that tells."""
