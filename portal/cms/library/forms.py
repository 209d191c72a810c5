"""Wagtail's forms of documents and pictures: an upload is prepared, or refused at its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.cms.library.findings import findings_in
from portal.cms.library.storage import PreparedFile
from portal.files.editorial.actions import DOCUMENTS
from portal.files.editorial.messages import REMOVED
from portal.files.errors import FileRefused
from portal.web.forms import TypedText


def prepared(upload: Any) -> Any:
    """Return an upload as it may be published; a file that is there already stays."""
    if not isinstance(upload, UploadedFile) or isinstance(upload, PreparedFile):
        return upload
    try:
        return PreparedFile(upload)
    except FileRefused as refused:
        raise ValidationError(str(refused), code=refused.code) from None


class FindingsWidget(forms.Widget):
    """Shows what readers can see in a document; there is nothing to fill in."""

    def __init__(self, document: Any = None) -> None:
        super().__init__()
        self.document = document

    def render(self, name: str, value: Any, *args: Any, **kwargs: Any) -> SafeString:
        taken_out = getattr(self.document, "taken_out", [])  # of an upload just now
        return render_to_string(
            "library_admin/findings.html",
            {
                "findings": findings_in(self.document),
                "removed": [REMOVED[code] for code in taken_out],
            },
        )


class DocumentForm(TypedText, BaseDocumentForm):
    """A form of a document; `portal.cms.document_changes.forms` has it propose what readers see."""

    findings = forms.Field(
        label=_("What readers can see in the file beside its pages"),
        required=False,
        disabled=True,
        widget=FindingsWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["findings"].widget = FindingsWidget(self.instance)
            self.order_fields(["title", "file", "findings"])
        else:
            del self.fields["findings"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            FileExtensionValidator(DOCUMENTS)(upload)
        file = prepared(upload)
        if isinstance(file, PreparedFile):
            self.instance.taken_out = file.prepared.removed
        return file


class PictureField(WagtailImageField):
    """Prepares a picture before Wagtail looks into it, which a broken one would end with a 500."""

    def to_python(self, data: Any) -> Any:
        if data:
            self.check_image_file_size(data)
            FileExtensionValidator(self.allowed_image_extensions)(data)
        return super().to_python(prepared(data))


class PictureForm(TypedText, BaseImageForm):
    """Set as `WAGTAILIMAGES_IMAGE_FORM_BASE`: every form in which a picture is uploaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=usual.label, required=usual.required, widget=usual.widget
            )
