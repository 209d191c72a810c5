"""Citing in the editor of rich text: what is kept, what the editor is given, and what is shown."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from knowledge.sources.blocks import CITE
from knowledge.sources.marks import LINK_TYPE, of_attributes
from knowledge.sources.models import Source

ENTITY = "CITE"


class CiteHandler(LinkHandler):
    """A citation as every page shows it that numbers none: a link to the page of the source."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[Source]:
        return Source

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        citation = of_attributes(attrs)
        href = reverse("source", args=[citation.key]) if citation.key else ""
        return format_html(
            '<a data-cite="{}" data-pinpoint="{}" href="{}">',
            citation.key,
            citation.pinpoint,
            href,
        )

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, str, str, str]]:
        """Yield the source, so that its page in the admin tells where it is used."""
        key = of_attributes(attrs).key
        if found := Source.objects.filter(key=key).values_list("pk", flat=True).first():
            yield Source, str(found), "", ""


class CiteElementHandler(InlineEntityElementHandler):
    """Gives the editor a citation that is kept in a text."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        citation = of_attributes(attrs)
        return {"source": citation.key, "pinpoint": citation.pinpoint}


def kept(props: dict[str, Any]) -> Any:
    """Return the element that keeps a citation of the editor's."""
    citation = of_attributes(props)
    attributes = {"linktype": LINK_TYPE, "pinpoint": citation.pinpoint, "source": citation.key}
    written = {name: value for name, value in attributes.items() if value}
    return DOM.create_element("a", written, props["children"])


def offer_citing(features: FeatureRegistry) -> None:
    """Register citing as a feature; a text has it only where it names it."""
    control = {
        "type": ENTITY,
        "icon": "openquote",
        "description": _("Cite a source"),
        "attributes": ["source", "pinpoint"],
        "chooserUrls": {
            "choose": reverse_lazy("cite_chooser:choose"),
            "place": reverse_lazy("cite_place", args=["KEY"]),
        },
    }
    scripts = ["wagtailadmin/js/chooser-modal.js", "sources/cite.js"]
    features.register_link_type(CiteHandler)
    features.register_editor_plugin("draftail", CITE, EntityFeature(control, js=scripts))
    features.register_converter_rule(
        "contentstate",
        CITE,
        {
            "from_database_format": {
                f'a[linktype="{LINK_TYPE}"]': CiteElementHandler(ENTITY),
            },
            "to_database_format": {"entity_decorators": {ENTITY: kept}},
        },
    )
