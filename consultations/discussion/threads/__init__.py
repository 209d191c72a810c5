"""How comments stand in their thread, and how a thread is read."""
