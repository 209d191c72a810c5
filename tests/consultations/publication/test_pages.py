"""The public pages: what they show, what they never show, and what it costs."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from consultations.publication.actions import prepare_copy, publish, redact, retire, set_disputed
from consultations.responses.models import Response, Status
from portal.files.models import State, StoredFile
from portal.record.hashing import content_digest
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from portal.search.models import Card
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.publication.building import (
    AT,
    NAME,
    ORGANISATION,
    accepted,
    four_nameless,
    officials,
    public,
    published,
)
from tests.factories import OrganisationFactory

INDEX = "/en/consultations/signs/responses/"


def text_of(response):
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


def get(client, path, status=200):
    response = client.get(path, follow=path.startswith("/r/"))
    assert response.status_code == status, path
    return text_of(response)


def place(copy):
    return f"{INDEX}{copy.response.reference}/"


def references(html):
    """The responses listed, in their order."""
    return re.findall(rf'teaser__title"><a href="{INDEX}([^/"]+)/', html)


def stored_pdf(**values):
    return StoredFile.objects.create(
        kind="pdf",
        size=1200,
        sha256="0" * 64,
        state=State.CLEAN,
        stored_on=AT.date(),
        **values,
    )


def test_a_response_says_who_answered_what_and_how_to_cite_it(page, moderator, client):
    copy = published(
        page,
        moderator,
        {"indicators": public("The courts."), "exporter": public(True)},
        signatories=[("Bo Lind", True)],
    )
    assert "when the day has ended" in get(client, place(copy))
    publish_roots(at=AT + timedelta(days=1))
    html = get(client, place(copy))
    reference = copy.response.reference
    for words in (
        NAME,
        ORGANISATION,
        "organisation not verified",
        "Bo Lind",
        "The courts.",
        "24 November 2026",
        f"http://testserver/r/{reference}",
        f"/record/{Entry.objects.get(leaf=copy.record_leaf).index}/",
        f"{place(copy)}dispute/",
    ):
        assert words in html
    assert '<meta name="robots" content="noindex">' in html
    assert client.get(place(copy))["X-Robots-Tag"] == "noindex"


def test_an_organisation_is_verified_where_it_is_the_one_that_answered(page, moderator, client):
    organisation = OrganisationFactory(name=ORGANISATION, verified_on=AT.date())
    copy = published(page, moderator, verified_by=organisation)
    other = published(page, moderator, verified_by=organisation, organisation_name="Riversyde")
    shown = get(client, place(copy))
    assert f"<bdi>{ORGANISATION}</bdi>, verified" in shown
    assert "organisation not verified" not in shown
    shown = get(client, place(other))
    assert "organisation not verified" in shown
    assert "verified-mark" not in shown


def test_without_a_name_the_day_of_publication_is_all_that_is_told(page, moderator, client):
    four_nameless(page, moderator)
    copy = published(page, moderator, handling="name-withheld", is_late=True)
    html = get(client, place(copy))
    assert f"Response {copy.response.number}" in html
    assert "published without a name" in html
    for hidden in (NAME, ORGANISATION, "France", "Academia", "How it came in", "Speaking as"):
        assert hidden not in html
    assert "3 November" not in html


def test_that_it_came_late_is_told_only_beside_a_name(page, moderator, client):
    """Few come late: with "late" beside it, a nameless response would be one of very few."""
    others = four_nameless(page, moderator)
    named = published(page, moderator, is_late=True)
    nameless = published(page, moderator, handling="name-withheld", is_late=True)
    for copy, told in ((named, True), (nameless, False)):
        html = get(client, place(copy))
        assert ("came in after the deadline" in html) is told
        assert ("<strong>Late</strong>" in html) is told
    rows = json.loads(get(client, f"{INDEX}export.json"))["responses"]
    told = {row["reference"]: row["late"] for row in rows}
    unmarked = [nameless.response.reference, *(each.response.reference for each in others)]
    assert told == {named.response.reference: True} | dict.fromkeys(unmarked)
    written = io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))
    cells = {row["Reference"]: row["Late"] for row in csv.DictReader(written)}
    assert cells == {named.response.reference: "yes"} | dict.fromkeys(unmarked, "")


def test_before_publication_an_address_tells_nothing(page, moderator, client):
    copy = prepare_copy(accepted(page))
    reference = copy.response.reference
    for known, unknown in (
        (place(copy), f"{INDEX}{page.docket}-9999/"),
        (f"/r/{reference}", f"/r/{page.docket}-9999"),
        (f"{place(copy)}record.json", f"{INDEX}{page.docket}-9999/record.json"),
        (f"{INDEX}?after={reference}", f"{INDEX}?after={page.docket}-9999"),
    ):
        first, second = client.get(known, follow=True), client.get(unknown, follow=True)
        assert first.status_code == second.status_code == 404
        assert first.content.replace(reference.encode(), b"") == second.content.replace(
            f"{page.docket}-9999".encode(), b""
        )


def test_a_response_of_another_consultation_is_not_found_here(page, moderator, client):
    closed = ConsultationPageFactory(
        questionnaire=True, opens_at=page.opens_at, closes_at=page.closes_at
    )
    other = published(closed, moderator)
    get(client, f"{INDEX}{other.response.reference}/", 404)
    assert client.get(f"/r/{other.response.reference}").status_code == 302


def test_verified_is_said_by_one_rule_in_public_and_to_staff(page, moderator, client):
    body = OrganisationFactory(name="Courts Watch", verified_on=AT.date())
    client.force_login(moderator)
    for name, told in (("Courts Watch", True), ("Court Watch", False)):
        copy = published(page, moderator, verified_by=body, organisation_name=name)
        assert copy.is_verified is told
        staff = reverse("screen_response", args=[copy.response.reference])
        assert ("· verified" in client.get(staff).content.decode()) is told


def test_the_permalink_leads_to_the_page(page, moderator, client):
    copy = published(page, moderator)
    answer = client.get(f"/r/{copy.response.reference.lower()}")
    assert (answer.status_code, answer["Location"]) == (302, place(copy))


@pytest.mark.parametrize(("kind", "says"), [("withdrawn", "withdrawn by"), ("removed", "removed")])
def test_a_page_in_its_place_says_that_it_is_gone(page, moderator, client, kind, says):
    copy = published(page, moderator)
    published(page, moderator)
    retire(copy=copy, kind=kind, at=AT + timedelta(days=2))
    html = get(client, place(copy), 410)
    assert says in html
    assert "26 November 2026" in html
    assert "Others may have made copies" in html
    assert NAME not in html
    assert copy.response.reference not in get(client, INDEX)
    get(client, f"{place(copy)}record.json", 404)


def test_a_consultation_taken_off_takes_its_responses_along(page, moderator, client):
    copy = published(page, moderator)
    page.unpublish()
    get(client, place(copy), 404)
    get(client, f"/r/{copy.response.reference}", 404)
    assert not Card.objects.filter(kind="response").exists()
    page.save_revision().publish()
    assert Card.objects.filter(kind="response").exists()


def test_before_the_first_is_published_the_section_leads_to_a_page_that_says_so(
    page, moderator, client
):
    assert INDEX in get(client, page.get_url())
    assert "Nothing is published yet" in get(client, INDEX)
    published(page, moderator)
    assert "1 response published" in get(client, INDEX)


def test_a_consultation_that_asks_nothing_has_no_section(site_tree, client):
    assert "/responses/" not in get(client, ConsultationPageFactory().get_url())


def test_marks_of_redaction_are_words_and_lead_to_the_rules(page, moderator, client):
    copy = prepare_copy(accepted(page, {"indicators": public("Ask Jo Kern <now>.")}))
    cut = [{"text": "Ask "}, {"redacted": "personal-data"}, {"text": " <now>."}]
    copy = redact(copy=copy, question_id="indicators", segments=cut, by=moderator, at=AT)
    publish(copies=[copy], by=moderator, at=AT)
    html = get(client, place(copy))
    assert "Jo Kern" not in html
    assert "&lt;now&gt;." in html
    text = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert "Ask [left out: personal data] &lt;now&gt;." in text
    assert f"{INDEX}rules/#personal-data" in html
    rules = get(client, f"{INDEX}rules/")
    assert 'id="personal-data"' in rules
    assert "by that of the row. The step of a scale is its own key." in rules


def test_a_disputed_response_says_so_and_stays(page, moderator, client):
    copy = published(page, moderator)
    set_disputed(copy=copy, on=True, at=AT)
    assert "falsely sent in their name" in get(client, place(copy))


def test_attachments_are_handed_out_only_where_they_are_public(
    page, moderator, client, monkeypatch
):
    monkeypatch.setattr("portal.files.storage.read", lambda stored: b"%PDF-1.7")
    shown, hidden = stored_pdf(), stored_pdf()
    copy = published(
        page,
        moderator,
        {"exporter": public(True), "evidence": public([str(shown.pk)])},
    )
    secret = published(
        page,
        moderator,
        {
            "exporter": public(True),
            "evidence": officials([str(hidden.pk)], "A list of cases."),
        },
    )
    assert "Attachment 1 (PDF" in get(client, place(copy))
    answer = client.get(f"{place(copy)}attachments/1")
    assert answer.status_code == 200
    assert f"{copy.response.reference}-attachment-1.pdf" in answer["Content-Disposition"]
    get(client, f"{place(copy)}attachments/2", 404)
    get(client, f"{place(secret)}attachments/1", 404)
    assert "A list of cases." in get(client, place(secret))
    redact(
        copy=copy,
        question_id="evidence",
        segments=[{"redacted": "security"}],
        by=moderator,
        at=AT,
    )
    get(client, f"{place(copy)}attachments/1", 404)
    retire(copy=copy, kind="removed", at=AT)
    get(client, f"{place(copy)}attachments/1", 404)


def test_what_the_record_covers_can_be_checked_from_the_page(page, moderator, client):
    copy = published(page, moderator, {"indicators": public("Суды.")}, language="ru")
    told = json.loads(get(client, f"{place(copy)}record.json"))
    digest = content_digest(bytes.fromhex(told["salt"]), told["content"])
    assert digest == told["statement"]["content_digest"]
    assert told["leaf"] == copy.record_leaf
    publish_roots(at=AT + timedelta(days=1))
    assert json.loads(get(client, f"{place(copy)}record.json")) == told
    proof = json.loads(get(client, f"/record/proof/{told['leaf']}.json"))
    assert told["leaf"] in get(client, f"/record/{proof['index']}/")


def test_the_index_narrows_by_what_the_pages_tell(page, moderator, client):
    first = published(page, moderator, {"who": public("A school.")})
    second = published(
        page, moderator, {"clarity": public(4)}, name="Bela Orsay", group="industry", state=""
    )
    number = {each.id: each.number for each in page.questionnaire().questions}

    def listed(query):
        return set(references(get(client, f"{INDEX}?{query}")))

    one, two = first.response.reference, second.response.reference
    assert listed("") == {one, two}
    assert listed("group=academia") == {one}
    assert listed("group=academia&group=industry") == {one, two}
    assert listed("state=FR") == {one}
    assert listed(f"answered={number['clarity']}") == {two}
    assert listed(f"answered={number['clarity']}&group=academia") == set()
    assert references(get(client, f"{INDEX}?order=name")) == [one, two]


@pytest.mark.parametrize(
    "query",
    [
        "group=nobody",
        "state=france",
        "state=%00%00",
        "language=xx",
        "answered=99",
        "question=99",
        "order=received",
        "after=%00",
        "after=a&before=b",
        "after=" + "x" * 500,
    ],
)
def test_what_the_index_does_not_have_is_not_found(page, moderator, client, query):
    published(page, moderator)
    get(client, f"{INDEX}?{query}", 404)


@pytest.mark.parametrize("order", ["", "order=name&"])
def test_pages_follow_each_other_and_lead_back(page, moderator, client, order):
    names = [f"Person {n:02d}" for n in range(30)] + [""] * 15
    copies = [
        prepare_copy(accepted(page, name=name, identity="named" if name else "anonymous"))
        for name in names
    ]
    publish(copies=copies, by=moderator, at=AT)
    seen, path, pages = [], f"{INDEX}?{order}", []
    while path:
        html = get(client, path)
        pages.append(references(html))
        seen += pages[-1]
        found = re.search(r'pager__link--next link" href="([^"]+)"', html)
        path = f"{INDEX}{found[1].replace('&amp;', '&')}" if found else ""
    assert len(seen) == len(set(seen)) == 45
    back = re.search(r'class="pager__link link" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert references(get(client, f"{INDEX}{back}")) == pages[-2]


def test_the_state_of_a_nameless_response_is_no_filter(page, moderator, client):
    published(page, moderator, identity="anonymous", state="FR")
    assert references(get(client, f"{INDEX}?state=FR")) == []
    assert "France" not in get(client, INDEX)


def test_confidential_responses_are_counted_and_few_are_not_told_exactly(page, moderator, client):
    published(page, moderator)
    accepted(page, handling="confidential")
    assert "fewer than 5" in get(client, INDEX)
    for _ in range(4):
        accepted(page, handling="confidential")
    assert "<dd>5</dd>" in get(client, INDEX)


def test_the_answers_to_one_question_stand_together_with_their_authors(page, moderator, client):
    number = {each.id: each.number for each in page.questionnaire().questions}
    for choice in ("month", "month", "year"):
        published(page, moderator, {"review": public({"choice": choice, "other": ""})})
    published(page, moderator, {"review": officials({"choice": "year"}, "As the law says.")})
    published(page, moderator, {"who": public("Not about that.")})
    html = get(client, f"{INDEX}?question={number['review']}")
    assert html.count(NAME) == 4
    assert "As the law says." in html
    assert "Not about that." not in html
    cells = re.findall(r'scope="row">([^<]+)</th><td[^>]*>(\d+)</td>', html)
    assert dict(cells) == {"Every month": "2", "Every year": "1", "Other": "0"}


@pytest.mark.parametrize(
    ("question", "value", "label"),
    [
        ("exporter", True, "Yes"),
        ("clarity", 5, "5 – Very clear"),
        ("sources", {"choices": ["press", "other"], "other": "Own"}, "The press"),
    ],
)
def test_simple_counts_of_each_kind(page, moderator, client, question, value, label):
    number = {each.id: each.number for each in page.questionnaire().questions}
    published(page, moderator, {question: public(value)})
    html = get(client, f"{INDEX}?question={number[question]}")
    cells = dict(re.findall(r'scope="row">([^<]+)</th><td[^>]*>(\d+)</td>', html))
    assert cells[label] == "1"


def test_every_kind_of_answer_is_readable(page, moderator, client):
    copy = published(
        page,
        moderator,
        {
            "exporter": public(True),
            "who": public("We teach."),
            "indicators": public("One.\n\nTwo."),
            "review": public({"choice": "other", "other": "never"}),
            "sources": public({"choices": ["courts", "other"], "other": "neighbours"}),
            "clarity": public(2),
            "order": public(["laws", "train"]),
            "tools": public({"check": "yes-very", "cases": "not-at-all"}),
            "licences": public("12.5"),
            "since": public("2020-02-29"),
        },
    )
    html = get(client, place(copy))
    for words in ("never", "neighbours", "Model laws", "Checklists", "12.5", "29 February 2020"):
        assert words in html
    for form in ("csv", "json"):
        assert "neighbours" in get(client, f"{INDEX}export.{form}")


def test_exports_hold_what_the_pages_show_in_the_same_order(page, moderator, client):
    copies = [published(page, moderator, name=f"Person {n}") for n in range(4)]
    copies.append(published(page, moderator, identity="anonymous"))
    order = references(get(client, INDEX))
    data = json.loads(get(client, f"{INDEX}export.json"))
    rows = list(csv.reader(io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))))
    assert [each["reference"] for each in data["responses"]] == order
    assert [row[0] for row in rows[1:]] == order
    nameless = next(row for row in data["responses"] if not row["name"])
    assert nameless["state"] == nameless["group"] == nameless["submitter_type"] == ""
    assert nameless["published"] == "2026-11-24"
    assert not re.search(
        r'"(id|pk|shuffle|record_leaf|submitted_on|received_on)"', json.dumps(data)
    )
    get(client, f"{INDEX}export.xml", 404)


def test_exports_name_options_by_their_keys_beside_their_words(page, moderator, client):
    published(
        page,
        moderator,
        {
            "exporter": public(True),
            "review": public({"choice": "year", "other": ""}),
            "sources": public({"choices": ["courts", "own"], "other": ""}),
            "clarity": public(4),
            "order": public(["lists", "train"]),
            "tools": public({"check": "yes-very"}),
            "indicators": officials("Hidden.", "The courts."),
        },
    )
    data = json.loads(get(client, f"{INDEX}export.json"))
    number = {each.id: each.number for each in page.questionnaire().questions}
    answers = data["responses"][0]["answers"]
    keys = {key: answers[number[key]]["keys"] for key in number if number[key] in answers}
    assert keys == {
        "exporter": ["yes"],
        "indicators": None,
        "review": ["year"],
        "sources": ["courts", "own"],
        "clarity": [4],
        "order": ["lists", "train"],
        "tools": {"check": "yes-very"},
    }
    assert answers[number["review"]]["text"] == "Every year"
    asked = {each["number"]: each for each in data["questions"]}
    assert {"key": "year", "label": "Every year"} in asked[number["review"]]["options"]
    assert {"key": "check", "label": "Checklists"} in asked[number["tools"]]["rows"]
    (row,) = csv.DictReader(io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff")))
    for key, cell in (
        *(("review", "year"), ("sources", "courts; own"), ("order", "lists; train")),
        ("tools", "check: yes-very"),
    ):
        assert row[f"{number[key]}. Keys of the options"] == cell
    rules = get(client, f"{INDEX}rules/")
    assert "“keys” are the keys of what was chosen" in rules
    assert "A response without a name is held back until 5 such responses" in rules


def test_no_cell_of_the_table_is_a_formula(page, moderator, client):
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-2+SUM (1)", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
    for text in evil:
        published(page, moderator, {"indicators": public(text)}, name=text)
    rows = list(csv.reader(io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))))
    cells = [cell for row in rows[1:] for cell in row if cell.strip()]
    assert sum(cell.startswith("'") for cell in cells) >= 2 * len(evil) - 2  # names are stripped
    assert not [cell for cell in cells if cell.lstrip(" ")[0] in "=+-@\t\r＝"]


@pytest.mark.parametrize("text", ["- First point", "- No!", "+(47) 22 33 44 55", "-5", "@portal"])
def test_what_no_spreadsheet_runs_is_the_same_in_both_files(page, moderator, client, text):
    published(page, moderator, {"indicators": public(text)})
    rows = list(csv.reader(io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))))
    assert text in rows[1]
    assert text in get(client, f"{INDEX}export.json")


def test_nothing_unpublished_shows_anywhere(page, moderator, client):
    """A canary in everything that is not public: an officials' answer, an unconfirmed name …"""
    canary = "Xylophagous"
    number = {each.id: each.number for each in page.questionnaire().questions}
    copy = published(
        page,
        moderator,
        {
            "indicators": officials(f"{canary} one", "Broadly, the courts."),
            "who": officials(f"{canary} two"),
            "review": officials({"choice": "other", "other": f"{canary} three"}, "Rarely."),
            "why": public(f"{canary} four"),  # does not apply
        },
        confidentiality={"justification": f"{canary} five", "legal_basis": "other"},
        signatories=[(f"{canary} six", False)],
    )
    nameless = published(
        page,
        moderator,
        identity="anonymous",
        name=f"{canary} seven",
        organisation_name=f"{canary} eight",
        signatories=[(f"{canary} nine", True)],
    )
    cut = prepare_copy(accepted(page, {"indicators": public(f"Ask {canary} ten at home.")}))
    segments = [{"text": "Ask "}, {"redacted": "personal-data"}, {"text": " at home."}]
    redact(copy=cut, question_id="indicators", segments=segments, by=moderator, at=AT)
    cut.refresh_from_db()
    publish(copies=[cut], by=moderator, at=AT)
    gone = published(page, moderator, {"indicators": public(f"{canary} eleven")})
    retire(copy=gone, kind="withdrawn", at=AT)
    prepare_copy(accepted(page, {"indicators": public(f"{canary} twelve")}))
    accepted(page, {"indicators": public(f"{canary} thirteen")}, handling="confidential")

    paths = [
        INDEX,
        f"{INDEX}?order=name",
        f"{INDEX}rules/",
        f"{INDEX}export.csv",
        f"{INDEX}export.json",
        *(f"{INDEX}?question={each}" for each in number.values()),
        *(f"{INDEX}?answered={each}" for each in number.values()),
        "/en/search/?q=courts",
        page.get_url(),
        *(place(each) for each in (copy, nameless, cut)),
        *(f"{place(each)}record.json" for each in (copy, nameless, cut)),
    ]
    for path in paths:
        assert canary not in get(client, path), path
    assert canary not in get(client, place(gone), 410)
    for card in Card.objects.filter(kind="response"):
        assert canary not in f"{card.title} {card.context} {card.summary} {card.body}"
    assert str(Response.objects.filter(status=Status.PUBLISHED).count()) == "3"


@pytest.mark.parametrize("query", ["", "?order=name", "?question=3", "export.json"])
def test_the_number_of_queries_does_not_grow(
    page, moderator, client, query, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(60) as captured:
            get(client, f"{INDEX}{query}")
        return len(captured)

    file = stored_pdf()
    answers = {"indicators": public("The courts."), "evidence": public([str(file.pk)])}
    answers["exporter"] = public(True)
    for _ in range(2):
        published(page, moderator, answers)
    get(client, f"{INDEX}{query}")
    few = cost()
    publish(copies=[prepare_copy(accepted(page, answers)) for _ in range(15)], by=moderator, at=AT)
    assert cost() == few


def test_the_pages_of_an_empty_index(page, client):
    assert "Nothing is published yet" in get(client, INDEX)
    get(client, f"{INDEX}export.csv", 404)
    assert reverse("publication:index", args=["signs"]) == INDEX
