"""Takes in the files that come with a part of an answer."""

from django.utils.translation import gettext as _

from consultations.responses.part_form import PartForm, field_name
from consultations.responses.typed import clean_line
from portal.files.actions import take_in
from portal.files.errors import FileRefused

NAME_SHOWN = 80


def take_in_files(form: PartForm) -> None:
    """
    Stores what was uploaded with a bound form and adds it to its answers.

    A file that is refused becomes an error beside its question, by the name that its owner knows;
    those that came with it are kept. It may take seconds: call it before a transaction begins.
    """
    for question, uploads, keep_colour in form.uploads():
        for upload in uploads:
            try:
                stored = take_in(upload, keep_colour=keep_colour)
            except FileRefused as refusal:
                name = clean_line(upload.name or "")[:NAME_SHOWN]
                form.add_error(
                    field_name(question),
                    _("“%(file)s” was not added. %(reason)s") % {"file": name, "reason": refusal},
                )
            else:
                form.file_ids[question.id].append(str(stored.id))
