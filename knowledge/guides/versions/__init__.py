"""Each text of a guide that went live: kept, numbered, compared, and stated in the record."""
