"""What is told of addresses of sources that do not answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.sources.addresses import host_of
from knowledge.sources.models import Source, SourceLink


@dataclass(frozen=True)
class Silent:
    """An address that does not answer, since a day."""

    address: str
    failing_since: date

    @property
    def host(self) -> str:
        return host_of(self.address)


def silent_links(source: Source) -> list[Silent]:
    """Return the addresses of a source that do not answer, its first one first. No query."""
    since = source.silent_since
    return [Silent(each, since[each]) for each in source.addresses() if each in since]


def silent_lines(sources: Any) -> list[str]:
    """Return a line for each address of these sources that does not answer, for a mail."""
    line = _("%(source)s did not answer since %(day)s: %(address)s")
    return [
        line % {"source": each.name, "day": date_format(one.failing_since), "address": one.address}
        for each in sources
        for one in silent_links(each)
    ]


def standing_of(link: SourceLink) -> str:
    """Return how an address answered last, in words for staff."""
    if link.failing_since:
        told = (
            _("Does not answer since %(day)s. Readers are told.")
            if link.is_silent
            else _("Did not answer on %(day)s. It is asked again each week.")
        )
        return told % {"day": date_format(link.failing_since)}
    return _("Moved to %(address)s") % {"address": link.moved_to} if link.moved_to else _("Answers")
