"""Taking a page down: by whoever may, against a schedule, and on somebody's request."""
