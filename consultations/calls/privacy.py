"""What people read before they answer, wherever they do: on paper, offline, on the portal."""

from typing import Protocol

from django.utils.translation import gettext as _


class Noted(Protocol):
    """A consultation, as far as its own note goes."""

    @property
    def privacy_note(self) -> str: ...


def statements(page: Noted) -> list[str]:
    """Return what holds for every answer, then the consultation's own note, as paragraphs."""
    return [
        _(
            "Responses are published after a check, with the name or without it, as you choose. An "
            "answer that you mark for officials only is not published."
        ),
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
