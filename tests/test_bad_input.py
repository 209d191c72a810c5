"""Whatever is typed into an address or sent to a form, the portal answers; it never breaks."""

from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.test import Client

from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.learning.building import guide_with_version, path_of

pytestmark = pytest.mark.django_db

JUNK = [
    b"\x00",
    b"9" * 30,
    b"-1",
    b"1e999",
    b"\xff\xfe\xed\xa0\x80",
    "💩\u202e".encode(),
    b"a" * 5000,
    b"'\"><script>",
    b"\r\nX-Evil: 1",
    b'"" OR -"" * (%',
]
PARAMETERS = (
    *("q", "page", "sort", "kind", "commitment", "stage", "technology", "group", "language"),
    *("state", "level", "audience", "right", "at", "after", "before", "order", "name", "status"),
    *("region", "phase", "next", "type", "year", "lang", "query", "field"),
    *("from", "to"),
)
FIELDS = (
    *("body", "language", "submission_key", "official", "reason", "note", "email", "name"),
    *("submitter_type", "affiliation", "login", "password", "password1", "password2", "code"),
    *("action", "next", "carried", "question-1", "sent", "path", "key", "load"),
)
FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n\xff\x00\r\n--x--\r\n'
FILE = PART.replace(b'"body"', b'"body"; filename="a"')
ODD_BODIES = [
    (b"", FORM),
    (b"body=" + b"a" * 1_000_000, FORM),
    (b"body=" + b"a" * 3_000_000, FORM),
    (b"a=1&" * 1500, FORM),
    (b"body=x&language=en", f"{FORM}; charset=none-such"),
    (b'{"body": 1', "application/json"),
    (PART, "multipart/form-data; boundary=x"),
    (FILE, "multipart/form-data; boundary=x"),
    (b"nothing of the kind", "multipart/form-data; boundary=x"),
    (PART, "multipart/form-data"),
]


@pytest.fixture
def consultation(site_tree):
    return ConsultationPageFactory()


def test_addresses_with_anything_in_them(consultation):
    comment = comment_on(consultation)
    discussion = f"/en/consultations/{consultation.slug}/discussion/"
    learning = path_of(guide_with_version(slug="kept"))
    client = Client(raise_request_exception=False)
    broken = []
    for path in (
        "/en/guides/kept/versions/",
        "/en/guides/kept/versions/compare/",
        "/feeds/guides/",
        "/en/search/",
        "/en/search/suggestions/",
        "/feeds/search/",
        "/en/accounts/searches/save/",
        "/en/guides/",
        "/en/consultations/",
        f"{consultation.url}follow/",
        "/en/accounts/follow/",
        "/en/accounts/follow/stop/",
        "/en/guides/owners/mailbox/",
        "/en/states/",
        "/en/glossary/",
        "/en/sources/",
        "/en/control-lists/",
        "/en/fact-check/nobody-s-secret/",
        "/en/self-assessment/",
        "/en/self-assessment/company/",
        "/en/learning/",
        "/en/guides/take-along/",
        f"{learning.url}progress/",
        f"{learning.url}certificate/",
        f"{learning.url}modules/kept/",
        "/en/learning/certificates/1/",
        "/en/made/nobody-s-token/",
        "/en/made/nobody-s-token/file/",
        "/en/made/nobody-s-token/print/",
        discussion,
        f"{discussion}reply/{comment.pk}/",
        "/en/accounts/login/",
    ):
        for junk in map(quote_from_bytes, JUNK):
            alone = [f"{name}={junk}" for name in PARAMETERS] if path == "/en/search/" else []
            for query in (*alone, "&".join(f"{name}={junk}" for name in PARAMETERS)):
                if client.generic("GET", path, QUERY_STRING=query).status_code >= 500:
                    broken.append((path, query[:60]))
    for path in ("/en/%00/", "/c/%00", f"/c/{'9' * 30}", f"/documents/{'9' * 30}/a", "/%ff"):
        for method in ("GET", "POST", "DELETE"):
            if client.generic(method, path).status_code >= 500:
                broken.append((method, path))
    assert broken == []


@pytest.mark.parametrize("who", ["anonymous", "author", "moderator"])
def test_forms_with_anything_in_them(consultation, moderator, who):
    author = UserFactory()
    comment = comment_on(consultation, author=author)
    discussion = f"/en/consultations/{consultation.slug}/discussion/"
    learning = path_of(guide_with_version(slug="kept"))
    bodies = [
        ("&".join(f"{name}={quote_from_bytes(junk)}" for name in FIELDS).encode(), FORM)
        for junk in JUNK
    ]
    person = {"author": author, "moderator": moderator}.get(who)
    broken = []
    for path in (
        discussion,
        f"{discussion}reply/{comment.pk}/",
        f"{discussion}edit/{comment.pk}/",
        f"{discussion}hide/{comment.pk}/",
        f"{discussion}closing/",
        f"{consultation.url}follow/",
        f"{consultation.url}follow/?of=x",
        "/en/guides/owners/mailbox/?of=x",
        f"{GuidePageFactory().url}useful/",
        "/en/guides/take-along/",
        f"{learning.url}progress/",
        f"{learning.url}certificate/",
        f"{learning.url}modules/kept/",
        "/en/accounts/learning/keep/",
        "/en/accounts/learning/forget/",
        "/en/accounts/follow/",
        "/nothing",
        "/en/consultations/none/discussion/",
        "/en/fact-check/nobody-s-secret/",
        "/en/self-assessment/",
        "/en/self-assessment/company/",
        "/en/accounts/login/",
        "/en/accounts/signup/",
        "/en/accounts/profile/",
        "/en/accounts/email/",
        "/en/accounts/password/reset/",
    ):
        cache.clear()
        for checks_csrf in (False, True):
            client = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
            if person:
                client.force_login(person)
            for body, content_type in [*bodies, *ODD_BODIES]:
                answer = client.generic("POST", path, body, content_type=content_type)
                if answer.status_code >= 500:
                    broken.append((path, body[:40], content_type))
    assert broken == []
