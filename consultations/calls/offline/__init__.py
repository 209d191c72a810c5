"""The form without a connection: printed, as a PDF, as plain text."""
