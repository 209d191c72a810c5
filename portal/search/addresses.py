"""Addresses of the portal in the search box: whoever pastes one wants the page, not a search."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

# What is cited (a response, a comment, the record), and pages in a language.
CITED = re.compile(r"/(?:r|c|record|[a-z]{2}(?:-[a-z]+)?)/[^\\]+", re.ASCII)
LONGEST = 500


def pasted_address(request: HttpRequest, text: str) -> str:
    """
    Return the path that a typed text leads to, if it is one of the portal's addresses; else "".

    With or without the scheme, under any name of the portal, or from its root ("/r/…").
    """
    text = text.strip()
    if re.search(r"\s", text) or "/" not in text or len(text) > LONGEST:
        return ""
    is_whole = re.match(r"https?://|/", text, re.IGNORECASE)
    try:
        parts = urlsplit(text if is_whole else f"//{text}")
    except ValueError:
        return ""
    names = {request.get_host(), urlsplit(settings.BASE_URL).netloc, settings.ONION_HOST, ""}
    if parts.netloc.lower() not in names or not CITED.fullmatch(parts.path):
        return ""
    try:
        resolve(parts.path)
    except Resolver404:
        return ""
    return parts._replace(scheme="", netloc="").geturl()
