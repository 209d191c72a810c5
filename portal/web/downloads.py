"""Files that an answer hands out: to be saved, never to be run where the portal's pages are."""

from django.utils.http import content_disposition_header


def saved_as(name: str) -> dict[str, str]:
    """Return the headers of an answer that browsers save under `name`, of plain signs."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": str(disposition), "X-Content-Type-Options": "nosniff"}
