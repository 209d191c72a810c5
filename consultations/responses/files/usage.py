"""The files that answers hold, for whoever removes those that nobody uses."""

from collections.abc import Iterator

from consultations.calls.models import ConsultationPage
from consultations.responses.models import Draft, ResponseVersion, SentFile
from portal.files.usage import register

CHUNK = 500


def ids_in_use() -> Iterator[str]:
    """Yield the ids of the files of drafts, of all that was sent, and of what readers get of it."""
    questions: dict[int, list[str]] = {}
    drafts = Draft.objects.values_list("consultation_id", "answers")
    for consultation_id, answers in drafts.iterator(CHUNK):
        if consultation_id not in questions:
            page = ConsultationPage.objects.get(pk=consultation_id)
            questions[consultation_id] = [
                each.id for each in page.questionnaire().questions if each.has_files
            ]
        for key in questions[consultation_id]:
            yield from (answers.get(key) or {}).get("value") or ()
    for files in ResponseVersion.objects.values_list("files", flat=True).iterator(CHUNK):
        yield from files
    rows = SentFile.objects.values_list("file", "stored", "text")
    yield from (str(pk) for row in rows.iterator(CHUNK) for pk in row if pk)


def register_usage() -> None:
    """Have the files of answers kept as long as the answers are."""
    register("responses", ids_in_use)
