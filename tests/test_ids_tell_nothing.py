"""No key and no order tells when, or in which order, somebody acted who must not be known."""

import ast
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models

from consultations.responses import actions
from consultations.responses.models import Draft, Response
from portal.curation.actions import note_missed
from portal.files.actions import take_in
from portal.files.models import StoredFile
from portal.keys import KEYS, RandomKeyField, RandomUUIDField, random_key
from portal.notifications.models import Confirmation, Message
from tests.consultations.moderation.building import put_question
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    save,
)

ROOT = Path(__file__).resolve().parents[1]
OURS = ("consultations.", "portal.", "knowledge.")
# Whatever leads to one of these by foreign keys belongs to an answer.
ANSWERS = {Response, Draft}
# Rows that an act of somebody who answers, or searches, makes without such a foreign key.
MADE_BY_SUCH_ACTS = {
    *("responses.LateToken", "responses.Handle"),
    *("files.StoredFile", "notifications.Message", "notifications.Confirmation"),
    "curation.MissedSearch",
}
# Every other model of ours whose key counts up, and why it may.
MAY_COUNT = {
    "calls.Extension": "an official's act, published with its time",
    "following.Announced": "an event that is public; a timer writes it down",
    "calls.Corrigendum": "an official's act, published with its time",
    "calls.Election": "an editor's list",
    "calls.ConsultationText": "editors' words, approved by another",
    "calls.Interest": "a statement of staff, kept with its day",
    "calls.ConsultationDocument": "an editor's list",
    "discussion.Thread": "of a consultation, which is public",
    "discussion.Comment": "public with its minute; its key is its permanent address",
    "discussion.CommentVersion": "public with its minute",
    "discussion.ModerationAct": "a moderator's act, kept with its time",
    "discussion.Appeal": "of an account about its own comment, kept with its time",
    "guides.GuideDocument": "an editor's list",
    "guides.GuideInfluence": "an editor's list",
    "guides.GuideEntry": "an editor's list",
    "guides.InstitutionReview": "an editor's list, published with its day",
    "guides.StateUse": "an editor's list, published with its year",
    "guides.TitleInLanguage": "an editor's list",
    "sources.Source": "an editors' list",
    "sources.SourceLink": "an address of a source; a timer writes down how it answered",
    "control_lists.ListEntry": "an editors' list",
    "control_lists.EntryVersion": "an editors' list, published with its day",
    "guides.Owner": "an editors' list",
    "guides.ReviewReminder": "its key is the guide's; a timer writes it",
    "guides.StillTrue": "an act of staff, kept with its time",
    "fact_checks.FactCheck": "an act of an editor, kept with its day",
    "guides.GuideChange": "an editor's list, published with its day",
    "guides.GuideEnd": "an act of staff, published with its day",
    "guides.GuideVersion": "published by staff, with its time",
    "packs.PackedGuide": "its key is the guide's; a timer writes it",
    "packs.PackEntry": "its key is a hash of what a pack holds",
    "guide_files.GuideFile": "made by a timer of a guide, which is public",
    "cms.SecondPersonApprovalTask_groups": "which groups approve: a setting",
    "cms.DocumentChange": "an act of staff, kept with its time",
    "cms.UnpublishRequest": "an act of staff, kept with its time",
    "cms.PageTranslation": "which texts of a page are translated; of pages, which are public",
    "cms.WayOut": "a setting",
    "saved_searches.SavedSearch": "of an account, kept with its day; nobody answers by it",
    "record.Checkpoint": "made at the end of a day, published with it",
    "search.FacetSet": "its key is a hash of what it says; cards share it",
    "search.Card": "of what is public; an answer's is written when staff publish, all at once",
    "search.OutboxRow": "that a card changed, which everybody can see",
    "search.Word": "counted from public cards once a day",
    "search.WordCount": "one row: when words were counted last",
    "curation.SynonymGroup": "an editor's list",
    "curation.SynonymEntry": "an editor's list",
    "proofreading.Review": "an act of staff, kept with the day that they say",
    "stakeholders.State": "a list of states",
    "stakeholders.Organisation": "entered by staff",
    "stakeholders.User": "an account, kept with the day on which it was made",
    "stakeholders.User_groups": "roles, given by staff",
    "stakeholders.User_user_permissions": "roles, given by staff",
    "stakeholders.Invitation": "an act of an administrator, kept with its day until it is answered",
    "stakeholders.Invitation_roles": "what an invitation offers",
    "stakeholders.FactorReset": "an act of an administrator, kept with its day until it is decided",
    "stakeholders.ReservedName": "a list that administrators edit",
    "moderation.Clearance": "an act of administrators, kept with its day",
    "staff_log.StaffEvent": "an act of staff, kept with its time",
    "traces.Forgotten": "one row: until when traces are forgotten",
    "calls.DocketYear": "its key is the year",
}
# Keys that others give, and where no order tells anything.
OTHER_KEYS = {
    "portal_sessions.Session": "a hash; of who is signed in: answers without a name have handles",
    "record.Entry": "its hash; rows get an order of chance, on SQLite at once, at night elsewhere",
    "record.SigningKey": "a public key",
}
# Apps of others: their rows are acts of who is signed in, or of staff.
OTHER_APPS = {
    "account": "accounts: addresses, and codes that confirm them",
    "admin": "not used",
    "auth": "roles and their permissions",
    "contenttypes": "names of models",
    "mfa": "second factors of accounts",
    "taggit": "editors' tags",
    "wagtailadmin": "what staff are editing",
    "wagtailcore": "pages, collections, and staff's acts on them, kept with their time",
    "wagtaildocs": "editors' documents",
    "wagtailembeds": "not used",
    "wagtailimages": "editors' pictures",
    "wagtailredirects": "editors' redirects",
    "wagtailsearch": "an index of pages, documents and pictures",
    "wagtailsearchpromotions": "editors' recommendations; its counting of searches is not used",
    "wagtailusers": "staff's settings",
}


def ours():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_config.name.startswith(OURS):
            yield model


def belongs_to_an_answer(model, seen=frozenset()):
    """Whether foreign keys lead from a model to an answer, over however many others."""
    if model in ANSWERS:
        return True
    pointed_at = {
        field.related_model
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and isinstance(field.related_model, type)
    }
    return any(belongs_to_an_answer(each, seen | {model}) for each in pointed_at - seen - {model})


def has_random_key(model):
    return isinstance(model._meta.pk, RandomKeyField | RandomUUIDField)


def test_ids_tell_nothing():
    """
    A model of ours that belongs to an answer, or is made by the act of somebody who answers, has a
    key drawn by chance. For any other that counts up it is written down above why it may.
    """
    wrong = []
    for model in ours():
        label = model._meta.label
        if belongs_to_an_answer(model) or label in MADE_BY_SUCH_ACTS:
            if not has_random_key(model):
                wrong.append(f"{label} belongs to an answer: give it a RandomKeyField")
            if label in MAY_COUNT:
                wrong.append(f"{label} belongs to an answer, whatever MAY_COUNT says")
        elif isinstance(model._meta.pk, models.OneToOneField):
            continue  # a kind of page
        elif label not in MAY_COUNT and label not in OTHER_KEYS and not has_random_key(model):
            wrong.append(f"{label}: decide, and say in MAY_COUNT why it may count up")
    assert wrong == []


def test_what_is_decided_is_there():
    labels = {model._meta.label for model in ours()}
    assert {*MAY_COUNT, *MADE_BY_SUCH_ACTS, *OTHER_KEYS} <= labels
    others = {
        model._meta.app_label
        for model in apps.get_models()
        if not model._meta.app_config.name.startswith(OURS)
    }
    assert others == set(OTHER_APPS)


def test_a_key_is_read_whole_by_scripts_json_and_spreadsheets():
    """Scripts are exact to 2 to the 53rd, spreadsheets to fifteen digits."""
    assert KEYS <= 2**53
    assert len(str(KEYS - 1)) == 15
    assert all(0 < random_key() < KEYS for _time in range(1000))


# -- orders that were a key's ----------------------------------------------------------------------


def test_nothing_is_ordered_by_a_key_alone():
    """By a number of its own, a day or a reference; a key only decides between equals."""
    wrong = [
        model._meta.label
        for model in ours()
        if has_random_key(model) and model._meta.ordering[:1] in (["pk"], ["-pk"], ["id"], ["-id"])
    ]
    assert wrong == []


def test_no_code_takes_a_key_for_a_time():
    """Neither "-pk", nor the latest, first or highest by key, where keys are drawn by chance."""
    rooms = [
        *("consultations/responses", "consultations/publication", "consultations/moderation"),
        "consultations/following",
        *("portal/files", "portal/notifications", "portal/traces"),
    ]
    found = []
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and node.value in ("-pk", "-id"):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            if isinstance(node, ast.Call) and called(node) in ("latest", "earliest", "Max", "Min"):
                named = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if {"pk", "id"} & set(named):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


# -- whoever reads the database --------------------------------------------------------------------

# So many acts of one kind: by chance they are in order once in 479 million times.
ACTS = 12


def rows_with_their_numbers():
    """By table, every row as text, with the whole numbers that it holds, SQLite's own included."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted, hidden = connection.ops.quote_name(table), ""
            if connection.vendor == "sqlite":
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
                if "WITHOUT ROWID" not in cursor.fetchone()[0]:
                    hidden = "rowid AS hidden, "
            cursor.execute(f"SELECT {hidden}* FROM {quoted}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            found[table] = {
                repr(row): {
                    name: value
                    for name, value in zip(names, row, strict=True)
                    if isinstance(value, int) and not isinstance(value, bool)
                }
                for row in cursor.fetchall()
            }
    return found


def clocks(acts):
    """Columns whose numbers rise, or fall, from act to act, in the rows that each act added."""
    series = defaultdict(list)
    before = rows_with_their_numbers()
    for act in acts:
        act()
        after = rows_with_their_numbers()
        for table, rows in after.items():
            added = defaultdict(list)
            for row in rows.keys() - before[table].keys():
                for name, value in rows[row].items():
                    added[table, name].append(value)
            for column, values in added.items():
                series[column].append(values)
        before = after
    assert series, "the acts leave rows"
    return sorted(
        f"{table}.{name}"
        for (table, name), values in series.items()
        if len(values) >= ACTS
        and (
            all(max(one) < min(other) for one, other in pairwise(values))
            or all(min(one) > max(other) for one, other in pairwise(values))
        )
    )


@pytest.fixture
def page(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return consultation_that_asks()


@pytest.mark.django_db
def test_a_database_tells_no_order_of_answers(page):
    drafts = []

    def begin():
        drafts.append(draft_to_send(page)[0])

    def send(draft):
        return lambda: actions.submit_draft(draft=draft, by=NOBODY)

    assert clocks([begin] * ACTS) == []
    assert clocks([send(draft) for draft in drafts]) == []
    responses = list(Response.objects.order_by("reference"))

    def change(response):
        def act():
            draft = actions.begin_revision(response=response, by=NOBODY)
            save(draft, 2, {"view": "Another view."})
            actions.submit_draft(draft=draft, by=NOBODY)

        return act

    def withdraw(response):
        return lambda: actions.withdraw_response(response=response, by=NOBODY)

    assert clocks([change(each) for each in responses]) == []
    assert clocks([withdraw(each) for each in responses]) == []


@pytest.mark.django_db
def test_a_database_tells_no_order_of_questions_signatures_mail_files_and_searches(page, moderator):
    drafts = [draft_to_send(page, identity="named", details=ACADEMIA)[0] for _n in range(ACTS)]
    people = [("Ben Okoro", ""), ("Cem Aydin", "")]

    def invite(draft):
        return lambda: actions.add_signatories(draft=draft, by=NOBODY, people=people)

    assert clocks([invite(draft) for draft in drafts]) == []
    responses = [actions.submit_draft(draft=draft, by=NOBODY) for draft in drafts]

    def ask(response):
        return lambda: put_question(response=response, by=moderator, question="Which court?")

    def answer(response):
        return lambda: actions.answer_clarification(
            clarification=response.clarifications.get(), by=NOBODY, answer="The third."
        )

    def want_news(response):
        return lambda: actions.ask_for_news(
            response=response,
            by=NOBODY,
            address=f"{response.pk}@people.example",
            language="en",
        )

    assert clocks([ask(each) for each in responses]) == []
    assert clocks([answer(each) for each in responses]) == []
    assert clocks([want_news(each) for each in responses]) == []
    assert Confirmation.objects.count() == Message.objects.count() == ACTS

    def attach():
        take_in(SimpleUploadedFile("a.txt", b"What I saw."))

    assert clocks([attach] * ACTS) == []
    assert StoredFile.objects.count() == ACTS

    searched = iter(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                     "ten", "eleven", "twelve"])  # fmt: skip
    assert clocks([lambda: note_missed(next(searched), "en")] * ACTS) == []


@pytest.mark.django_db
def test_what_tells_an_order_is_found(page):
    """The two tests above would find a number that counts up."""

    def count_up():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_wordcount (\"on\") VALUES ('2026-11-24')")

    assert "search_wordcount.id" in clocks([count_up] * ACTS)
