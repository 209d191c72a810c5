"""
Who gets in where, of everything about answers: each address for each role, as a table.

Signs: `.` shown (200), `>` led elsewhere (302), `-` not found (404), `x` refused (403), `m` only
posted to (405), `!` shown as not right (422), `g` gone (410).
"""

import re
from datetime import timedelta
from functools import cached_property

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import timezone

from consultations.moderation import actions as moderation
from consultations.responses import actions
from consultations.responses.models import Draft, Identity, LateToken, Response, SignatureRequest
from consultations.responses.signatories.signatures import text_of_draft
from portal.files.actions import take_in
from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from portal.stakeholders import roles
from tests.canaries import every_row
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import cleared, put_in_public, screener
from tests.consultations.responses.builders import ACADEMIA, CIVIL_SOCIETY, COMPANY, NOBODY
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import ids_that_stand_twice

pytestmark = pytest.mark.django_db

SIGNS = {200: ".", 302: ">", 404: "-", 403: "x", 405: "m", 422: "!", 410: "g"}
ROLES = (
    *("visitor", "holder", "owner", "member", "colleague", "signer", "other"),
    *("delegate", "editor", "analyst", "moderator", "cleared", "administrator", "superuser"),
)

# A column for each of ROLES; the names are those of `Answers.addresses`.
TABLE = """
..............  start
>.>>>>>>>>>>>>  code
>.>>>>>>>>>>>>  code_text
..............  resume
..............  upload
>>>>>>>>>>>>>>  put_notes_away
..............  late
---------->>>>  letter
..............  sign
--------------  sign, no such link
..............  sign, file
--------------  sign, file of another
..............  form
..............  form_text
..............  calendar
..............  feed
..............  feed of all
..............  resume, wherever
>>............  mine
..............  draft own identity
>..>>>>>>>>>>>  draft own tasks
>>.>>>>>>>>>>>  draft own confidentiality
>..>>>>>>>>>>>  draft own signatories
>>>>>>>>>>>>>>  draft own links_text
>..>>>>>>>>>>>  draft own check
>>>>>>>>>>>>>>  draft own sent
--------------  draft own proof
--------------  draft own receipt_file
--------------  draft own answers_file
--------------  draft own answers_text
>>>>>>>>>>>>>>  draft own status
>>>>>>>>>>>>>>  draft own news
>>>>>>>>>>>>>>  draft own news_code
>>>>>>>>>>>>>>  draft own news_stop
--------------  draft own translation
--------------  draft own alone
--------------  draft own revise
--------------  draft own withdraw
>>>>>>>>>>>>>>  draft own untie
>..>>>>>>>>>>>  draft own discard
>..>>>>>>>>>>>  draft own part
--------------  draft own part, none such
--------------  draft own question
--------------  draft own renew_link
--------------  draft own remove_signatory
-.------------  draft own file of holder
--.-----------  draft own file of owner
--------------  draft own file of signer
>.->>>>>>>>>>>  draft own text, holder
>-.>>>>>>>>>>>  draft own text, owner
>-->>>>>>>>>>>  draft own text, signer
--------------  draft own sent text, holder
--------------  draft own sent text, owner
--------------  draft own sent text, signer
--------------  draft own another file
>>>>>>>>>>>>>>  draft own appeal
>>--...-------  draft shared identity
>>--..>-------  draft shared tasks
>>-->>>-------  draft shared confidentiality
>>--..>-------  draft shared signatories
>>-->>>-------  draft shared links_text
>>--..>-------  draft shared check
>>-->>>-------  draft shared sent
>>------------  draft shared proof
>>------------  draft shared receipt_file
>>------------  draft shared answers_file
>>------------  draft shared answers_text
>>-->>>-------  draft shared status
>>-->>>-------  draft shared news
>>-->>>-------  draft shared news_code
>>-->>>-------  draft shared news_stop
>>------------  draft shared revise
>>------------  draft shared withdraw
>>--..>-------  draft shared discard
>>--..>-------  draft shared part
>>------------  draft shared part, none such
>>------------  draft shared question
>>-->>--------  draft shared renew_link
>>-->>--------  draft shared remove_signatory
>>------------  draft shared file of holder
>>------------  draft shared file of owner
>>--..--------  draft shared file of signer
>>---->-------  draft shared text, holder
>>---->-------  draft shared text, owner
>>--..>-------  draft shared text, signer
>>------------  draft shared sent text, holder
>>------------  draft shared sent text, owner
>>------------  draft shared sent text, signer
>>------------  draft shared another file
>>-->>>-------  draft shared appeal
>>-->>>-------  draft shared ask
>>-->.>-------  draft shared send_back
..............  sent own identity
>>>>>>>>>>>>>>  sent own tasks
>>>>>>>>>>>>>>  sent own confidentiality
>..>>>>>>>>>>>  sent own signatories
>>>>>>>>>>>>>>  sent own links_text
>>>>>>>>>>>>>>  sent own check
>..>>>>>>>>>>>  sent own sent
-.>-----------  sent own proof
-..-----------  sent own receipt_file
-..-----------  sent own answers_file
-..-----------  sent own answers_text
>..>>>>>>>>>>>  sent own status
>..>>>>>>>>>>>  sent own news
>>>>>>>>>>>>>>  sent own news_code
>>>>>>>>>>>>>>  sent own news_stop
->>-----------  sent own translation
->>-----------  sent own alone
->>-----------  sent own revise
-..-----------  sent own withdraw
>.>>>>>>>>>>>>  sent own untie
>>>>>>>>>>>>>>  sent own discard
>>>>>>>>>>>>>>  sent own part
--------------  sent own part, none such
-->-----------  sent own question
--------------  sent own renew_link
--------------  sent own remove_signatory
-.------------  sent own file of holder
--.-----------  sent own file of owner
--------------  sent own file of signer
>>>>>>>>>>>>>>  sent own text, holder
>>>>>>>>>>>>>>  sent own text, owner
>>>>>>>>>>>>>>  sent own text, signer
-.------------  sent own sent text, holder
--.-----------  sent own sent text, owner
--------------  sent own sent text, signer
--------------  sent own another file
>..>>>>>>>>>>>  sent own appeal
>>--...-------  sent shared identity
>>-->>>-------  sent shared tasks
>>-->>>-------  sent shared confidentiality
>>--..>-------  sent shared signatories
>>-->>>-------  sent shared links_text
>>-->>>-------  sent shared check
>>--..>-------  sent shared sent
>>-->>--------  sent shared proof
>>--..--------  sent shared receipt_file
>>--..--------  sent shared answers_file
>>--..--------  sent shared answers_text
>>--..>-------  sent shared status
>>--..>-------  sent shared news
>>-->>>-------  sent shared news_code
>>-->>>-------  sent shared news_stop
>>-->>--------  sent shared revise
>>-->.--------  sent shared withdraw
>>-->>>-------  sent shared discard
>>-->>>-------  sent shared part
>>------------  sent shared part, none such
>>-->>--------  sent shared question
>>------------  sent shared renew_link
>>------------  sent shared remove_signatory
>>------------  sent shared file of holder
>>------------  sent shared file of owner
>>--..--------  sent shared file of signer
>>-->>>-------  sent shared text, holder
>>-->>>-------  sent shared text, owner
>>-->>>-------  sent shared text, signer
>>------------  sent shared sent text, holder
>>------------  sent shared sent text, owner
>>--..--------  sent shared sent text, signer
>>------------  sent shared another file
>>-->.>-------  sent shared appeal
>>-->>>-------  sent shared ask
>>-->>>-------  sent shared send_back
..............  responses
..............  rules
..............  csv
..............  json
--------------  exe
..............  policy
..............  index
..............  verify
..............  script
..............  leaves
..............  checkpoints
..............  consistency
..............  formats
..............  entry
--------------  entry, none such
..............  receipt, public
--------------  receipt, not public
..............  proof
--------------  proof, none such
>>>>>>>>>>>>>>  permalink, shown
..............  response, shown
..............  recorded, shown
..............  attachment, shown
..............  dispute, shown
..............  dispute_sent, shown
--------------  permalink, hidden
--------------  response, hidden
--------------  recorded, hidden
--------------  attachment, hidden
--------------  dispute, hidden
--------------  dispute_sent, hidden
--------------  permalink, none
--------------  response, none
--------------  recorded, none
--------------  attachment, none
--------------  dispute, none
--------------  dispute_sent, none
>>xxxxxx>.....  queue
>>xxxxxx>.....  queue, results
>>xxxxxx>.....  queue, end
>>xxxxxx>>>...  clearances
>>xxxxxx>>....  several
>>xxxxxx>>----  several, no such
>>xxxxxx>.....  together
>>xxxxxx>.....  second person
>>xxxxxx>>>>..  acts of staff
>>xxxxxx>>>>..  acts of staff, results
>>xxxxxx......  interest
>>xxxxxx......  interests
>>xxxxxx>.....  screen
>>xxxxxx>-----  screen, none
>>xxxxxx>>>>>>  open
>>xxxxxx>.....  preview
>>xxxxxx>-----  preview, none
>>xxxxxx>>>>>>  act
>>xxxxxxmmmmmm  undo
>>xxxxxx>>>.>>  file for officials
>>xxxxxx>.....  file for all
>>xxxxxx>-----  file of another
>>xxxxxx>>....  redact
>>xxxxxx>>----  redact, none
>>xxxxxx>>>>>>  translate
>>xxxxxx>>----  translate, none
>>xxxxxx>>....  paper
>>xxxxxx>>....  enter
>>xxxxxx>>....  late_tokens
>>xxxxxx>>....  revoke
>>xxxxxx.>>>..  extend
>>xxxxxx.>>>..  correct
>>xxxxxx.>>>..  corrigendum
>>xxxxxx.>>>..  texts
>>xxxxxx.>>>..  text in French
>>xxxxxx.>>>..  text in French, file
>>xxxxxxmmmmmm  text in French, upload
"""
# Two addresses act on what is in the browser alone; the third is the form again, slow to draw.
# The last is where "permalink" leads where nothing is published: its rows follow it there.
WITHOUT_ROW = {
    *("responses:forget", "responses:exit", "calls:form_pdf"),
    "response_permalink_in_language",
}
ROOMS = (
    *("consultations.calls", "consultations.responses", "consultations.publication"),
    *("consultations.moderation", "portal.record"),
)


def uploaded():
    return take_in(SimpleUploadedFile("a.txt", b"What the court said.", content_type="text/plain"))


class Answers:
    """
    Two open consultations, one of drafts and one of what was sent, and everybody concerned.

    In each, `holder` has answered without a name, `owner` with an account, and the organisation of
    `colleague`, who writes, and `signer`, who signs, together. What was sent without a name is
    published, with a file; that of the account waits, with an answer for officials only.
    """

    def __init__(self):
        self.writing = ConsultationPageFactory(slug="writing", questionnaire=True)
        self.sent = ConsultationPageFactory(slug="sent", questionnaire=True)
        ours, theirs = OrganisationFactory(), OrganisationFactory()
        self.people = {
            "owner": UserFactory(),
            "member": UserFactory(),
            "colleague": UserFactory(organisation=ours),
            "signer": UserFactory(organisation=ours, signs_for_organisation=True),
            "other": UserFactory(organisation=theirs, signs_for_organisation=True),
            "delegate": UserFactory(role=roles.STATE_DELEGATE),
            "editor": UserFactory(role=roles.EDITOR),
            "analyst": UserFactory(role=roles.ANALYST),
            "moderator": screener(),
            "cleared": cleared(),
            "administrator": UserFactory(role=roles.ADMINISTRATOR),
            "superuser": UserFactory(is_superuser=True),
        }
        self.codes = {}
        self.files = {}
        for page in (self.writing, self.sent):
            self.codes[page.slug] = self.draft(page, "holder", NOBODY, "anonymous", CIVIL_SOCIETY)
            self.draft(page, "owner", self.people["owner"], "named", ACADEMIA)
            self.draft(page, "signer", self.people["signer"], "organisation", COMPANY)
        for draft in Draft.objects.filter(consultation=self.sent):
            by = self.people["signer"] if draft.organisation_id else draft.account or NOBODY
            actions.submit_draft(draft=draft, by=by)
        nameless, self.owned, self.shared = (
            Response.objects.get(identity=identity)
            for identity in ("anonymous", "named", "organisation")
        )
        self.published = self.publish(nameless)
        self.asked = [
            moderation.ask_clarification(
                response=each, by=self.people["moderator"], question="Which court?"
            ).response.clarifications.get()
            for each in (self.owned, self.shared)
        ]
        signing = Draft.objects.get(consultation=self.writing, organisation=ours)
        ((self.signatory, self.link),) = actions.add_signatories(
            draft=signing, by=self.people["signer"], people=[("Ada", "")]
        )
        self.digest = text_of_draft(signing, self.writing.questionnaire()).digest
        SignatureRequest.objects.create(
            draft=signing, asked_by=self.people["colleague"], asked_on=signing.touched_on
        )
        self.waiting = moderation.propose_clearance(
            person=self.people["moderator"], by=self.people["superuser"]
        )
        self.token = LateToken.objects.create(
            consultation=self.sent,
            token_hash="0" * 64,
            reason="person",
            issued_at=self.sent.opens_at,
            expires_at=self.sent.closes_at,
        )

        publish_roots(at=timezone.now() + timedelta(days=1))

    def draft(self, page, key, by, identity, details):
        """A whole draft with a file and, of the account's, one answer for officials only."""
        begun = actions.begin_draft(
            consultation=page,
            by=by,
            identity=Identity(identity),
            details=details,
            for_organisation=key == "signer",
        )
        file = str(uploaded().pk)
        self.files[page.slug, key] = file
        readers = "officials" if key == "owner" else "public"
        said = {
            "exporter": {"value": True, "visibility": "public"},
            "indicators": {"value": "The courts.", "visibility": "public"},
            "evidence": {"value": [file], "visibility": readers},
        }
        draft = begun.draft
        for part in page.questionnaire().parts:
            mine = {each.id: said[each.id] for each in part.questions if each.id in said}
            draft = actions.save_part(draft=draft, by=by, part=part, answers=mine)
        if readers == "officials":
            actions.save_confidentiality(
                draft=draft,
                by=by,
                confidentiality={"justification": "Harm.", "legal_basis": "other"},
                public_versions={"evidence": "A ruling."},
            )
        return begun.code

    def publish(self, response):
        by = self.people["moderator"]
        moderation.accept(response=response, by=by, handling="public", reason="within-rules")
        (copy,) = put_in_public(response, by=by)
        return copy

    def place_of(self, row):
        return Entry.objects.get(leaf=row.record_leaf).index

    def browser(self, role, page):
        """Somebody's browser; that of `holder` has the code of their answer to `page`."""
        client = Client(raise_request_exception=False)
        if role == "holder":
            code = {"code": self.codes[page.slug]}
            assert Visitor(page, client).send("resume", code).status_code == 302
        elif role != "visitor":
            client.force_login(self.people[role])
        return client

    def page_of(self, path):
        return self.sent if "/sent/" in path else self.writing

    @cached_property
    def addresses(self):
        """By what the table calls them."""
        drafts = self.of_answers(self.writing, "draft")
        sent = self.of_answers(self.sent, "sent")
        return {**self.before(), **drafts, **sent, **self.public(), **self.staff()}

    def before(self):
        names = (
            *("start", "code", "code_text", "resume"),
            *("upload", "put_notes_away", "late", "letter"),
        )
        found = {name: reverse(f"responses:{name}", args=["writing"]) for name in names}
        link = ["writing", self.link]
        held = self.files["writing", "signer"]
        return {
            **found,
            "sign": reverse("responses:sign", args=link),
            "sign, no such link": reverse("responses:sign", args=["writing", "x" * 20]),
            "sign, file": reverse("responses:sign_attachment", args=[*link, held]),
            "sign, file of another": reverse(
                "responses:sign_attachment", args=[*link, self.files["writing", "owner"]]
            ),
            "form": reverse("calls:form", args=["writing"]),
            "form_text": reverse("calls:form_text", args=["writing"]),
            "calendar": reverse("calls:calendar", args=["writing"]),
            "feed": reverse("consultation_feed", args=["writing"]),
            "feed of all": reverse("consultations_feed"),
            "resume, wherever": reverse("resume"),
            "mine": reverse("account_responses"),
        }

    def of_answers(self, page, state):
        """Each page of an answer, one's own and an organisation's."""
        found = {}
        for space, whose in (("responses", "own"), ("responses:organisation", "shared")):
            asked = self.asked[0 if whose == "own" else 1].pk

            def at(name, *args, space=space):
                return reverse(f"{space}:{name}", args=[page.slug, *args])

            named = {
                name: at(name)
                for name in (
                    *("identity", "tasks", "confidentiality", "signatories", "links_text"),
                    *("check", "sent", "proof", "receipt_file", "answers_file", "answers_text"),
                    *("status", "news", "news_code", "news_stop", "revise", "withdraw", "discard"),
                )
            }
            named["part"] = at("part", 1)
            named["part, none such"] = at("part", 99)
            named["question"] = at("clarification", asked)
            named["renew_link"] = at("renew_link", self.signatory.pk)
            named["remove_signatory"] = at("remove_signatory", self.signatory.pk)
            for key in ("holder", "owner", "signer"):
                named[f"file of {key}"] = at("attachment", self.files[page.slug, key])
                named[f"text, {key}"] = at("file", self.files[page.slug, key])
                named[f"sent text, {key}"] = at("sent_file", self.files[page.slug, key])
            named["another file"] = at("another_file", self.files[page.slug, "signer"])
            named["appeal"] = reverse(
                f"moderation:{'appeal' if whose == 'own' else 'organisation_appeal'}",
                args=[page.slug],
            )
            if whose == "shared":
                named["ask"] = at("ask")
                named["send_back"] = at("send_back")
            else:
                named["translation"] = at("translation")
                named["alone"] = at("alone")
                named["untie"] = at("untie")
            found |= {f"{state} {whose} {name}": path for name, path in named.items()}
        return found

    def public(self):
        shown, hidden = self.published.response.reference, self.owned.reference
        sealed = self.owned.versions.get()
        found = {
            "responses": reverse("publication:index", args=["sent"]),
            "rules": reverse("publication:rules", args=["sent"]),
            "csv": reverse("publication:export", args=["sent", "csv"]),
            "json": reverse("publication:export", args=["sent", "json"]),
            "exe": reverse("publication:export", args=["sent", "exe"]),
            "policy": reverse("moderation:policy"),
            **{
                name: reverse(f"record:{name}")
                for name in (
                    *("index", "verify", "script", "leaves", "checkpoints", "consistency"),
                    "formats",
                )
            },
            "entry": reverse("record:entry", args=[self.place_of(sealed)]),
            "entry, none such": reverse("record:entry", args=[9_999]),
            "receipt, public": reverse("record:receipt", args=[self.place_of(self.published)]),
            "receipt, not public": reverse("record:receipt", args=[self.place_of(sealed)]),
            "proof": reverse("record:proof", args=[self.published.record_leaf]),
            "proof, none such": reverse("record:proof", args=["0" * 64]),
        }
        for name, reference in (("shown", shown), ("hidden", hidden), ("none", "ECHRI-2026-01-X")):
            args = ["sent", reference]
            found |= {
                f"permalink, {name}": reverse("response_permalink", args=[reference]),
                f"response, {name}": reverse("publication:response", args=args),
                f"recorded, {name}": reverse("publication:as_recorded", args=args),
                f"attachment, {name}": reverse("publication:attachment", args=[*args, 1]),
                f"dispute, {name}": reverse("moderation:dispute", args=args),
                f"dispute_sent, {name}": reverse("moderation:dispute_sent", args=args),
            }
        return found

    def staff(self):
        one, page = self.owned.reference, self.sent.pk
        public = self.published.response.reference
        return {
            "queue": reverse("screen_responses"),
            "queue, results": reverse("screen_responses_results"),
            "queue, end": reverse("end_of_queue"),
            "clearances": reverse("clearances"),
            "several": reverse("screen_several_responses", args=["accept"]) + f"?response={one}",
            "together": reverse("publish_together"),
            "second person": reverse("waiting_for_second"),
            "acts of staff": reverse("acts_of_staff"),
            "acts of staff, results": reverse("acts_of_staff_results"),
            "interest": reverse("declare_interest", args=[page]),
            "interests": reverse("declared_interests"),
            "several, no such": reverse("screen_several_responses", args=["erase"]),
            "screen": reverse("screen_response", args=[one]),
            "screen, none": reverse("screen_response", args=["ECHRI-2026-01-X"]),
            "open": reverse("open_confidential_response", args=[one]),
            "preview": reverse("preview_response", args=[public]),
            "preview, none": reverse("preview_response", args=[one]),
            "act": reverse("act_on_response", args=[one, "note"]),
            "undo": reverse("undo_screening", args=[public, 1]),
            "file for officials": reverse(
                "response_attachment", args=[one, self.files["sent", "owner"]]
            ),
            "file for all": reverse(
                "response_attachment", args=[public, self.files["sent", "holder"]]
            ),
            "file of another": reverse(
                "response_attachment", args=[one, self.files["sent", "holder"]]
            ),
            "redact": reverse("redact_response", args=[public, "indicators"]),
            "redact, none": reverse("redact_response", args=[one, "indicators"]),
            "translate": reverse("translate_response", args=[public, "indicators"]),
            "translate, none": reverse("translate_response", args=[public, "nowhere"]),
            "paper": reverse("paper_answers"),
            "enter": reverse("enter_answer", args=[page]),
            "late_tokens": reverse("late_tokens", args=[page]),
            "revoke": reverse("revoke_late_token", args=[page, self.token.pk]),
            "extend": reverse("extend_consultation", args=[page]),
            "correct": reverse("words_to_correct", args=[page]),
            "corrigendum": reverse("issue_corrigendum", args=[page, "indicators"]),
            "texts": reverse("consultation_texts", args=[page]),
            "text in French": reverse("consultation_text", args=[page, "fr"]),
            "text in French, file": reverse("consultation_text_file", args=[page, "fr"]),
            "text in French, upload": reverse("consultation_text_upload", args=[page, "fr"]),
        }


@pytest.fixture
def answers(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Answers()


def status_of(client, path):
    """Of a page, as a sign; where it has no language, of the one that it leads to in a language."""
    answer = client.get(path)
    if answer.status_code == 302 and answer.url.startswith(f"/en{path}"):
        answer = client.get(answer.url)
    assert ids_that_stand_twice(answer) == [], path
    return SIGNS.get(answer.status_code, f"({answer.status_code})")


@pytest.mark.parametrize(
    "those",
    [
        ("visitor", "holder", "member", "other"),
        ("owner", "colleague", "signer"),
        ("delegate", "editor", "analyst", "moderator"),
        ("cleared", "administrator", "superuser"),
    ],
    ids="-".join,
)
def test_each_role_is_shown_what_is_meant_for_it(answers, those):
    expected = {name: marks for marks, _, name in map(split, TABLE.strip().splitlines())}
    assert expected.keys() == answers.addresses.keys()
    wrong = []
    for role in those:
        browsers = {page: answers.browser(role, page) for page in (answers.writing, answers.sent)}
        before = kept()
        for name, path in answers.addresses.items():
            found = status_of(browsers[answers.page_of(path)], path)
            if found != expected[name][ROLES.index(role)]:
                wrong.append(f"{role}: {name}: {found}")
        # Reading is logged where it is of what is for officials only, and changes nothing else.
        after = kept()
        assert {table for table in after if after[table] != before[table]} <= LOGGED
    assert wrong == []


# What was opened, for the person's own list; what of it is for officials only.
LOGGED = {"moderation_confidentialview", "moderation_opened"}


def split(line):
    return line.partition("  ")


def kept():
    """
    Every row but those of sessions, handles, refusals and limits, and of the profiles that the
    admin makes.
    """
    unasked = ("session", "userprofile", "handle", "staff_log", "limits")
    return {
        table: rows
        for table, rows in every_row().items()
        if not any(word in table for word in unasked)
    }


def named_routes(patterns, spaces=()):
    """The name of each route of ROOMS, with its namespaces."""
    for each in patterns:
        if isinstance(each, URLPattern):
            if each.callback.__module__.startswith(ROOMS) or is_ours(each.callback):
                yield ":".join([*spaces, each.name])
        else:
            inner = [*spaces, each.namespace] if each.namespace else spaces
            yield from named_routes(each.url_patterns, inner)


def is_ours(callback):
    """Whether a view that the admin has wrapped is one of ROOMS."""
    return getattr(callback, "view_class", type(None)).__module__.startswith(ROOMS)


def test_each_address_of_these_rooms_has_a_row(answers):
    rows = {resolve(path.partition("?")[0]).view_name for path in answers.addresses.values()}
    routes = set(named_routes(get_resolver().url_patterns))
    assert len(routes) > 80
    assert routes - rows == WITHOUT_ROW


def test_what_is_not_public_is_told_from_what_is_not_there_by_nothing(answers, client):
    for name, path in answers.addresses.items():
        if not name.endswith(", hidden"):
            continue
        other = answers.addresses[name.replace("hidden", "none")]
        hidden, none = (client.get(each, follow=True) for each in (path, other))
        assert (hidden.status_code, none.status_code) == (404, 404)
        # The switch of languages leads to the address that was typed, and that is all.
        told = [
            re.sub(r"ECHRI-2026-\d\d-(\d+|X)", "", answer.content.decode())
            for answer in (hidden, none)
        ]
        assert told[0] == told[1], name


MAY_SIGN, MAY_WRITE = {"signer"}, {"colleague", "signer"}
SCREENERS = {"moderator", "cleared", "administrator", "superuser"}


def writes(answers):
    """What is posted, and who it is for: nobody else's changes anything of anybody."""
    at = answers.addresses
    version = {"version": "1"}
    return [
        *(
            (at[f"draft {whose} {name}"], data, meant)
            for whose, meant in (("own", {"holder", "owner"}), ("shared", MAY_WRITE))
            for name, data in (
                ("part", {"q-exporter": "no"}),
                ("confidentiality", {"justification": "None.", "public-evidence": "x"}),
                ("signatories", {"name": "Eve"}),
                ("discard", {"sure": "on"}),
            )
        ),
        *(
            (at[f"draft shared {name}"], data, meant)
            for name, data, meant in (
                ("check", {"declared": "on", "revision": "1"}, MAY_SIGN),
                ("ask", {}, MAY_WRITE),
                ("send_back", {"remark": "Shorter."}, MAY_SIGN),
                ("renew_link", {}, MAY_WRITE),
                ("remove_signatory", {}, MAY_WRITE),
            )
        ),
        *(
            (at[f"sent {whose} {name}"], data, meant)
            for whose, meant in (("own", {"holder", "owner"}), ("shared", MAY_SIGN))
            for name, data in (
                ("question", {"answer": "Changed."}),
                ("news", {"email": "eve@people.example", "language": "en", "understood": "on"}),
                ("news_stop", {}),
                ("revise", {}),
                ("withdraw", {"sure": "on"}),
            )
        ),
        *(
            (at["sign"], {"seen": answers.digest, "naming": "named", **typed}, set())
            for typed in (
                {"answer": "confirm"},
                {"answer": "organisation"},
                {"answer": "code", "code": "00000000"},
            )
        ),
        (at["sent own translation"], {"words": "only"}, {"holder"}),
        (at["sent own alone"], {"beside": "alone"}, {"holder"}),
        (at["sent own untie"], {"sure": "on"}, {"holder"}),
        (at["draft own text, holder"], {"whole": "on"}, {"holder"}),
        (at["draft shared text, signer"], {"whole": "on"}, MAY_WRITE),
        (at["sent shared sent text, signer"], {"whole": "on"}, MAY_SIGN),
        (at["act"], {"note": "Changed."}, SCREENERS),
        (at["act"].replace("note", "accept"), ACCEPTED | version, SCREENERS),
        (at["open"], {}, {"cleared"}),
        *(
            (at["clearances"], {**act, "person": answers.people["analyst"].pk}, KEEPERS)
            for act in ({"act": "propose"}, {"act": "give", "clearance": answers.waiting.pk})
        ),
        (at["undo"], {}, SCREENERS),
        (at["redact"], {"text": "[[abuse]]", **version}, SCREENERS),
        (at["translate"], {"text": "Changed.", "into": "fr", **version}, set()),
        (
            at["several"],
            {"response": f"{answers.owned.reference}:1", **ACCEPTED},
            SCREENERS,
        ),
        (at["enter"], {"channel": "post", "received_on": "2026-11-24"}, SCREENERS),
        (at["late_tokens"], {"reason": "person", "expires_at": "2099-01-01 10:00"}, SCREENERS),
        (at["revoke"], {}, SCREENERS),
        (at["corrigendum"], {"text": "Changed?", "reason": "Mistyped."}, WRITERS),
        # Addresses that read are not posted to.
        *((at[name], {}, set()) for name in ("response, shown", "csv", "policy", "entry")),
    ]


ACCEPTED = {"handling": "public", "reason": "within-rules"}
WRITERS = {"editor", "administrator", "superuser"}
KEEPERS = {"administrator", "superuser"}


@pytest.mark.parametrize(
    "those",
    [ROLES[:5], ROLES[5:10], ROLES[10:]],
    ids="-".join,
)
def test_what_is_not_for_a_role_changes_nothing(answers, those):
    for role in those:
        browsers = {page: answers.browser(role, page) for page in (answers.writing, answers.sent)}
        before = kept()
        for path, data, meant in writes(answers):
            if role not in meant:
                caches["default"].clear()  # refused for who they are, not asked to wait
                answer = browsers[answers.page_of(path)].post(path, data)
                assert answer.status_code < 500, (role, path)
        after = kept()
        assert {table for table in after if after[table] != before[table]} == set(), role
