"""What the pages about passkeys ask."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.context import Context

from portal.onion import is_onion

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """Return a value as JSON, to be escaped as the text of an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag(takes_context=True)
def passkeys_here(context: Context) -> bool:
    """
    Say whether passkeys work at the address that this page was asked for at.

    A browser gives a passkey to the name that it was made for alone, and only over HTTPS; Tor
    Browser to nobody.
    """
    return not is_onion(context["request"])
