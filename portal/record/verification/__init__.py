"""What somebody shows, held against the record: read, judged, told in a sentence."""
