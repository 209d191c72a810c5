"""How somebody comes to their answer, and how often: codes, handles, cookies, limits."""
