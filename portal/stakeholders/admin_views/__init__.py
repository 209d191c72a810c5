"""People and organisations in the admin."""
