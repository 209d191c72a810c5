"""What people read before they answer, wherever they do: on paper, offline, on the portal."""

from typing import Protocol
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from portal.cms.navigation import BEFORE_YOU_ANSWER
from portal.cms.navigation import address as path_in_language


class Noted(Protocol):
    """A consultation, as far as its own note and its way of publishing go."""

    @property
    def privacy_note(self) -> str: ...
    @property
    def publishes_while_open(self) -> bool: ...
    @property
    def anonymous_allowed(self) -> bool: ...


def statements(page: Noted) -> list[str]:
    """Return what holds for every answer, then the consultation's own note, as paragraphs."""
    return [
        _publication(page),
        _(
            "We cannot guarantee confidentiality. Laws on freedom of information can oblige "
            "officials to disclose what they hold, also what was marked confidential."
        ),
        _(
            "What you write can show who you are, even without a name: facts that few people know, "
            "a style, the contents of a file. Leave out what could harm you or others."
        ),
        *(note.strip() for note in page.privacy_note.split("\n\n") if note.strip()),
    ]


def advice_address(address: str) -> str:
    """Return the address of the page "Before you answer", on the same portal as another's."""
    return urljoin(address, path_in_language(BEFORE_YOU_ANSWER))


def _publication(page: Noted) -> str:
    if page.publishes_while_open:
        return _(
            "Responses are published after a check, also while the consultation is open, under "
            "the name that you choose. An answer that you mark for officials only is not published."
        )
    if not page.anonymous_allowed:
        return _(
            "Responses are published after a check, together and not before the consultation has "
            "closed, under the name that you choose. An answer that you mark for officials only "
            "is not published."
        )
    return _(
        "Responses are published after a check, together and not before the consultation has "
        "closed, with the name or without it, as you choose. A response without a name is "
        "published only when at least five of them are public, unless its writer allows that it "
        "is the only one. An answer that you mark for officials only is not published."
    )


def when_published(page: Noted) -> str:
    """Return when accepted responses are published, as a sentence for those who sent one."""
    if page.publishes_while_open:
        return _(
            "Accepted responses are published while the consultation is open. From then on they "
            "cannot be changed."
        )
    return _(
        "Accepted responses are published together, after the consultation has closed. Those that "
        "are accepted later follow together as well."
    )
