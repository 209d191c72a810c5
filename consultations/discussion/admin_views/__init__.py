"""The discussion in the Wagtail admin: the queue of comments, and appeals."""
