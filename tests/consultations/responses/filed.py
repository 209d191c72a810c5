"""Answers with files, as people attach them on the pages."""

from consultations.responses import actions
from tests.consultations.responses.builders import NOBODY, begun, save
from tests.consultations.responses.walk import Visitor

WORDS = b"What the court said."
PROGRAM = b"MZ\x90\0" + bytes(99)


def draft_with(page, *files, by=NOBODY, readers="public", **kwargs):
    """A whole draft with these stored files, and its code."""
    draft, code = begun(page, by=by, **kwargs)
    said = {
        "exporter": True,
        "indicators": "The courts.",
        "evidence": {"value": [str(each.pk) for each in files], "visibility": readers},
    }
    for part in page.questionnaire().parts:
        mine = {each.id: said[each.id] for each in part.questions if each.id in said}
        draft = save(draft, part.number, mine, by=by)
    if readers == "officials":
        draft = actions.save_confidentiality(
            draft=draft,
            by=by,
            confidentiality={"justification": "Harm.", "legal_basis": "other"},
            public_versions={"evidence": "A ruling."},
        )
    return draft, code


def sent_with(page, *files, by=NOBODY, cuts=None, **kwargs):
    """The same, sent; `cuts` are what is left out of each file."""
    draft, code = draft_with(page, *files, by=by, **kwargs)
    for file, of_file in (cuts or {}).items():
        draft = actions.leave_out_of_draft(draft=draft, by=by, file=str(file.pk), cuts=of_file)
    return actions.submit_draft(draft=draft, by=by), code


def visitor_with(page, code):
    """Somebody at a browser who has typed this code."""
    visitor = Visitor(page)
    visitor.type_code(code)
    return visitor
