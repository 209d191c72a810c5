"""Files for people without an account: made outside requests, kept for ten minutes, sealed."""
