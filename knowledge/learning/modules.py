"""The modules of a path as a reader has them: each guide as it is published, and its quiz."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from wagtail.blocks import StreamValue

from knowledge.guides.models import GuidePage, GuideVersion
from portal.cms.models.in_every_language import asked_alike


@dataclass(frozen=True)
class Option:
    """An answer to choose, whether it is the right one, and why."""

    text: str
    is_right: bool
    reason: str


@dataclass(frozen=True)
class Question:
    text: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Module:
    """
    A guide with its exercise and its quiz.

    `key` is that of the guide and its translations, so it is the same in every language. `guide` is
    the one for the reader, None where none is published; `version` its number, 0 if none is kept.
    """

    key: str
    guide: GuidePage | None
    version: int
    minutes: int
    why: str
    exercise: str
    questions: Sequence[Question]

    @property
    def language(self) -> str:
        """Return the language of the guide; "" where none is published."""
        return self.guide.written_in if self.guide else ""


def modules_of(stream: StreamValue) -> list[Module]:
    """Return the modules that a path's stream holds, in its order. Three queries, however many."""
    values = [block.value for block in stream if block.value.get("guide")]
    guides = guides_for_reader([each["guide"].translation_key for each in values])
    versions = latest_versions([guide.pk for guide in guides.values()])
    return [_module(value, guides, versions) for value in values]


def minutes_of(modules: Sequence[Module]) -> int:
    """Return how long the modules take whose guides are published."""
    return sum(each.minutes for each in modules if each.guide)


def guides_for_reader(keys: Sequence[object]) -> dict[str, GuidePage]:
    """Return published guides by the key that they share with their translations. One query."""
    shown = _guides_shown().filter(translation_key__in=keys)
    return {str(guide.translation_key): guide for guide in shown}


@asked_alike
def _guides_shown() -> Any:
    return GuidePage.objects.shown().without_text()


def latest_versions(guides: Sequence[int]) -> dict[int, int]:
    """Return the number of the newest version of each guide that has one. One query."""
    rows = GuideVersion.objects.filter(guide__in=guides).order_by().values_list("guide")
    return dict(rows.annotate(newest=Max("number")))


def _module(value: Mapping, guides: Mapping[str, GuidePage], versions: Mapping[int, int]) -> Module:
    key = str(value["guide"].translation_key)
    guide = guides.get(key)
    return Module(
        key=key,
        guide=guide,
        version=versions.get(guide.pk, 0) if guide else 0,
        minutes=value["minutes"],
        why=value["why"],
        exercise=value["exercise"],
        questions=[
            Question(
                each["text"],
                [Option(one["text"], one["is_right"], one["reason"]) for one in each["options"]],
            )
            for each in value["questions"]
        ],
    )
