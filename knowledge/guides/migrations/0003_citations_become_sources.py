"""
Each citation of a guide becomes a source: one for each address, with the titles of each language.

The list of citations, and any block of citations in the text, is read in the order in which readers
met them, and the sources take its place as further sources: in the guide, and in each of its
revisions. Whom a source binds, and of which kind it is, nobody had said: that stays empty.
"""

import json
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations
from django.utils.text import slugify

MOST = 50


def same_address(address):
    """What two addresses of one document have in common: no scheme, "www." or last slash."""
    host, slash, path = address.strip().partition("://")[2].partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def stream(value):
    """The blocks that a stream keeps, from a page or from a revision, as plain values."""
    if isinstance(value, str):
        value = json.loads(value or "[]")
    return [dict(each) for each in getattr(value, "raw_data", value) or []]


def block(kind, name, value):
    """A block of a stream; its id is the same in a guide, its revisions and its translations."""
    return {"id": str(uuid5(NAMESPACE_URL, f"{kind}-{name}")), "type": kind, "value": value}


def cited_in(blocks):
    """Yield each citation of a stream, be it a block itself or an entry of a list."""
    for block in blocks:
        if block["type"] == "citation":
            yield block["value"]
        elif block["type"] == "citations":
            for entry in block["value"]["citations"]:
                yield entry["value"] if "value" in entry and "type" in entry else entry


class Library:
    """The sources that were made so far, by address, or by title where there is none."""

    def __init__(self, model):
        self.model = model
        self.keys = set(model.objects.values_list("key", flat=True))
        self.known = {}
        for source in model.objects.all():
            self.known[same_address(source.address) or source.title] = source

    def source_of(self, citation, language):
        """Return the source of a citation, made where it is new."""
        title, address = citation["title"][:400], (citation.get("url") or "")[:500]
        name = same_address(address) or title
        if name not in self.known:
            self.known[name] = self.model.objects.create(
                key=self.free_key(title),
                title=title,
                language=language,
                address=address,
                read_on=citation.get("accessed") or None,
                versions="[]",
            )
        source = self.known[name]
        self.keep_title(source, title, address, language)
        if (read_on := str(citation.get("accessed") or "")) > str(source.read_on or ""):
            source.read_on = read_on
            source.save(update_fields=["read_on"])
        return source

    def keep_title(self, source, title, address, language):
        """Keep what a guide in another language calls the source, for readers of that language."""
        versions = stream(source.versions)
        there = {each["value"]["language"] for each in versions} | {source.language}
        if language not in there and title != source.title:
            value = {"language": language, "address": address, "title": title}
            source.versions = json.dumps([*versions, block("version", language, value)])
            source.save(update_fields=["versions"])
            source.refresh_from_db()

    def free_key(self, title):
        start = slugify(title)[:MOST].strip("-") or "source"
        key, number = start, 1
        while key in self.keys:
            number += 1
            key = f"{start}-{number}"
        self.keys.add(key)
        return key


def further(library, body, citations, language):
    """Return the body without its citations, and the sources in their place, each once."""
    cited = [*cited_in(body), *cited_in(citations)]
    sources = dict.fromkeys(library.source_of(each, language).pk for each in cited)
    rest = [each for each in body if each["type"] != "citations"]
    return rest, [block("source", pk, pk) for pk in sources]


def move(apps, schema_editor):
    library = Library(apps.get_model("sources.Source"))
    guides = apps.get_model("guides.GuidePage").objects.all()
    # English first: its titles lead.
    for guide in sorted(guides, key=lambda each: (each.content_language != "en", each.pk)):
        body, citations = stream(guide.body), stream(guide.citations)
        rest, sources = further(library, body, citations, guide.content_language)
        if sources:
            guide.body, guide.further_sources = json.dumps(rest), json.dumps(sources)
            guide.save(update_fields=["body", "further_sources"])
    revisions = apps.get_model("wagtailcore.Revision").objects.filter(
        content_type__app_label="guides", content_type__model="guidepage"
    )
    for revision in revisions.iterator():
        content = revision.content
        body, citations = stream(content.get("body")), stream(content.pop("citations", None))
        language = content.get("content_language") or "en"
        rest, sources = further(library, body, citations, language)
        content["body"], content["further_sources"] = json.dumps(rest), json.dumps(sources)
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0002_further_sources"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
