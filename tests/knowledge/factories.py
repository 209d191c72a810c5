"""Builds what the knowledge wing shows: states, guides and learning material."""

import json
from datetime import date, timedelta

import factory
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale

from knowledge.control_lists.models import EntryVersion, ListEntry
from knowledge.guides.models import GuideIndexPage, GuidePage, Owner
from knowledge.sources.marks import Citation, element
from knowledge.sources.models import Source
from portal.stakeholders.models import State
from tests.pages import add_published

LAUNCH_LIST = "launch list (date of publication, not necessarily of each state's own decision)"
SOURCE = "US Department of State, release of 30 March 2023 with the launch list of 24 names"
MONTH_ONLY = "month only, by inference: absent from the 30 March 2023 release"


# Codes that ISO 3166 leaves to its users: no State of the register has one. XK is in wide use.
NO_STATES = sorted(
    {f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"}
    | {f"X{letter}" for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ"}
)


class StateFactory(factory.django.DjangoModelFactory):
    """A State not on the list; `subscribing=True` for one of the launch list."""

    class Meta:
        model = State

    class Params:
        subscribing = factory.Trait(
            code_status=State.CodeStatus.SUBSCRIBING,
            endorsed_on=date(2023, 3, 30),
            date_precision=LAUNCH_LIST,
            endorsement_source=SOURCE,
        )

    iso2 = factory.Sequence(lambda n: NO_STATES[n % len(NO_STATES)])
    iso3 = factory.LazyAttribute(lambda state: f"{state.iso2}X")
    region = "europe"
    summit_2021 = "invited"


def guide_body(*sections: str) -> list[dict]:
    """A body with a heading and a paragraph for each section."""
    blocks = []
    for section in sections:
        blocks.append({"type": "heading", "value": {"text": section, "level": "h2"}})
        blocks.append({"type": "paragraph", "value": f"<p>Text on {section}.</p>"})
    return blocks


class SourceFactory(factory.django.DjangoModelFactory):
    """A law of the European Union, read on a day of 2026."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"s{n}")
    title = factory.Sequence(lambda n: f"Regulation {n:03}")
    issuer = "European Union"
    kind = "law"
    binds = "Exporters in the Union"
    dated = "20 May 2021"
    year = 2021
    address = factory.LazyAttribute(lambda source: f"https://law.example/{source.key}")
    read_on = date(2026, 3, 2)


class ListEntryFactory(factory.django.DjangoModelFactory):
    """An entry with one version, of the European list of 15 November 2025."""

    class Meta:
        model = ListEntry

    number = factory.Sequence(lambda n: f"{n % 10}A{n:03}")
    title = "Systems for something"

    @factory.post_generation
    def applies_from(self, create, day=None, **kwargs):
        EntryVersion.objects.create(
            entry=self, applies_from=day or date(2025, 11, 15), changed="The list was replaced."
        )


def cite(key: str, pinpoint: str = "") -> str:
    """What an editor's text keeps of a citation."""
    return element(Citation(key, pinpoint))


class GuidePageFactory(factory.Factory):
    """
    A published guide under the index of the site tree; `live=False` leaves it a draft.

    `sections` are the headings of its text, `text` is HTML of one more paragraph, in which
    `cite("e1", "Art. 5")` stands for a citation; `limits` says what it does not settle;
    `further` are sources that it lists.
    """

    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda n: f"Guide {n:03}")
    slug = factory.LazyAttribute(lambda guide: slugify(guide.title))
    summary = "What this guide helps to do."
    sections = ("What it says", "How to use it")
    text = ""
    limits = "The details of your own law."
    further = ()
    live = True
    document_type = "guidance"
    commitments = ("licensing",)
    stages = ("licensing",)
    technologies = ("drones",)
    audiences = ("customs",)
    rights = ("privacy",)
    level = "1"
    owner_unit = "Secretariat"
    legal_status = "Advice of the Secretariat. It binds nobody."
    jurisdiction = "European Union (binding)"
    source_title = "The source"
    source_url = "https://source.example/document"
    source_date = "2021"
    reviewed_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    review_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))

    @classmethod
    def _create(
        cls, model_class, *args, sections, text, limits, further, live, owner_unit, **fields
    ):
        fields.setdefault("unit", Owner.objects.named(owner_unit))
        for name in ("commitments", "stages", "technologies", "audiences", "rights"):
            fields[name] = list(fields[name])
        body = guide_body(*sections)
        if text:
            body.append({"type": "paragraph", "value": text})
        if limits:
            point = {"type": "item", "value": f"<p>{limits}</p>", "id": "limits"}
            body.append({"type": "not_settled", "value": {"entries": [point]}})
        guide = model_class(
            body=json.dumps(body),
            further_sources=json.dumps(
                [{"type": "source", "value": source.pk} for source in further]
            ),
            live=live,
            **fields,
        )
        parent = GuideIndexPage.objects.get(locale=Locale.get_default())
        return add_published(parent, guide) if live else parent.add_child(instance=guide)
