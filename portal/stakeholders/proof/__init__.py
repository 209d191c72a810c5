"""Proof again that a session is its person's, before what concerns an account's safety."""
