"""What the public sees of screening: its policy, disputes, and appeals of authors."""
