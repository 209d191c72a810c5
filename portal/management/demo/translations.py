"""The consultations' texts in the other languages, and in easy words."""

import json
from datetime import timedelta

from django.conf import settings

from consultations.calls.models import ConsultationPage
from consultations.calls.translating.actions import by_original, set_texts
from portal.languages import easy_words
from portal.management.demo.content import FOLDER
from portal.management.demo.work import of_demo


def load_texts() -> None:
    """
    Load what is there beside each consultation, as published before it opened.

    A file has, by the consultation's slug, the words of a language, or its easy ones, by those of
    the original.
    """
    editor, approver = of_demo("editor"), of_demo("approver")
    codes = [code for code, _name in settings.LANGUAGES]
    for language in (*codes, *map(easy_words.tag_of, codes)):
        file = FOLDER / language / "consultations.json"
        if not file.exists():
            continue
        for slug, words in json.loads(file.read_text(encoding="utf-8")).items():
            page = ConsultationPage.objects.get(slug=slug)
            set_texts(
                page,
                language,
                by_original(page, words),
                by=editor,
                approved_by=approver,
                at=page.opens_at - timedelta(days=1),
            )
