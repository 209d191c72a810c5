"""Guides to take along, and packs made of them and unpacked."""

import io
import zipfile

import pytest
from django.utils import timezone

from knowledge.guides.versions.actions import keep_version
from knowledge.packs.actions import make
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite


@pytest.fixture
def guides(site_tree):
    """A lesson, which has files for Word and slides, and a guide that cites a source."""
    source = SourceFactory(key="e1", title="Regulation 821")
    lesson = GuidePageFactory(title="A lesson", slug="a-lesson", document_type="training")
    other = GuidePageFactory(
        title="Asking about the end user",
        slug="end-user",
        stages=("end-use",),
        level="0",
        text=f"<p>Ask before you sign {cite(source.key, 'Art. 5(1)')}. "
        f'<a href="/en/guides/a-lesson/">The lesson</a>.</p>',
    )
    for each in (lesson, other):
        keep_version(each, timezone.now())
    return [lesson, other]


@pytest.fixture
def unpack(tmp_path):
    """A function that makes a pack of guides, unpacks it into a folder and returns that."""

    def unpacked(guides, into="pack", old=None):
        made = make({"guides": [each.pk for each in guides], "old": old})
        with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path / into)
        return tmp_path / into

    return unpacked
