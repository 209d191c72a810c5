"""Passkeys: allauth's forms and views, in the portal's words."""
