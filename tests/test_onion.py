"""The portal inside Tor: the same journeys, and not a word of its address on the open web."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.checks import run_checks
from django.test import Client
from wagtail.models import Site

from consultations.moderation import actions
from consultations.responses.models import Response
from portal.notifications.delivery import send_due
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import public, published, put_in_public, screener
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OPEN = "open.example"
ONION = f"{'portal' * 9}ab.onion"
# What the portal is called in its record, on whatever way somebody came: a name, not an address.
NAMED = re.compile(rb'"portal": ?"https://open\.example"')
HTTPS = {"HTTP_HOST": OPEN, "HTTP_X_FORWARDED_PROTO": "https"}


class Visitor(Client):
    """A browser at one of the two addresses, which keeps all that it was sent."""

    def __init__(self, host: str) -> None:
        secure = {"HTTP_X_FORWARDED_PROTO": "https" if host == OPEN else "http"}
        super().__init__(enforce_csrf_checks=True, HTTP_HOST=host, **secure)
        self.origin = f"{'https' if host == OPEN else 'http'}://{host}"
        self.sent: list[tuple[str, str, bytes]] = []

    def request(self, **environ: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and "csrftoken" in self.cookies:
            environ["HTTP_ORIGIN"] = self.origin
            environ["HTTP_X_CSRFTOKEN"] = self.cookies["csrftoken"].value
        answer = super().request(**environ)
        path, head = environ["PATH_INFO"], f"{dict(answer.headers)} {answer.cookies}"
        self.sent.append((f"{path} {answer.status_code}", head, answer.getvalue()))
        return answer

    def told(self, word: str) -> list[str]:
        """Where a word stands in what was sent, each with what surrounds it."""
        found = []
        for path, head, body in self.sent:
            text = head + NAMED.sub(b"", body).decode(errors="replace")
            if (place := text.find(word)) >= 0:
                found.append(f"{path}: …{text[max(0, place - 100) : place + 60]}…")
        return found


@pytest.fixture(autouse=True)
def both_addresses(settings, site_tree):
    """As production is set up, on the open web and inside Tor."""
    settings.ONION_HOST = ONION
    settings.ALLOWED_HOSTS = [OPEN, ONION]
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = f"https://{OPEN}"
    settings.CSRF_TRUSTED_ORIGINS = [settings.BASE_URL]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    site = Site.objects.get()
    site.hostname, site.port = OPEN, 443
    site.save()


@pytest.fixture
def page():
    return ConsultationPageFactory(slug="signs", questionnaire=True)


@pytest.fixture
def inside():
    return Visitor(ONION)


class TestInside:
    def test_the_nameless_journey_from_the_home_page_to_the_receipt(self, inside, page):
        """No redirect to HTTPS, forms that are taken, cookies that come back, no other address."""
        for path in ("/", "/en/", "/en/before-you-answer/", "/en/consultations/", page.url):
            inside.get(path)
        for name in ("form/", "form.txt", "form.pdf", "discussion/", "respond"):
            inside.get(f"{page.url}{name}")
        submitter = canaries.Submitter(page, inside)
        submitter.begin()
        inside.get(submitter.visitor.at("code_text"))
        submitter.answer()
        submitter.lose_the_session()
        submitter.send()
        response, by = Response.objects.get(), screener()
        actions.accept(response=response, by=by, handling="public", reason="within-rules")
        put_in_public(response, by=by)
        inside.get(submitter.visitor.at("status"))
        inside.get(submitter.visitor.at("withdraw"))
        assert inside.told(OPEN) == []
        assert inside.told("; Secure") == []
        assert inside.told("Strict-Transport-Security") == []
        assert inside.told("Onion-Location") == []
        assert inside.told("https://a") == []  # of itself by another scheme
        assert len(inside.sent) > 30

    def test_what_anybody_reads(self, inside, page):
        comment = comment_on(page, author=UserFactory())
        response = published(page, screener(), {"indicators": public("The courts.")})
        of_response = f"{page.url}responses/{response.reference}/"
        for path in (
            *("/record/", "/record/verify/", "/record/leaves.jsonl", "/record/checkpoints.json"),
            *("/en/search/?q=signs", "/en/guides/", "/en/states/dk/", "/en/learning/", "/en/code/"),
            *(f"/c/{comment.pk}", f"{page.url}responses/", f"{page.url}responses/export.json"),
            *("/en/accounts/login/", "/en/accounts/signup/", "/en/nothing/", "/sitemap.xml"),
            *(f"/r/{response.reference}", f"{of_response}record.json", f"{of_response}dispute/"),
            *("/admin/", "/en/screening-policy/", "/health/live"),
        ):
            inside.get(path, follow=True)
        assert inside.told(OPEN) == []
        answers = {where.split()[0]: where.split()[1] for where, _head, _body in inside.sent}
        assert answers[of_response] == answers[f"{of_response}record.json"] == "200"

    def test_a_feed_leads_to_where_its_reader_came(self, inside, page):
        """Only the names by which a reader knows feed and entries again are the open web's."""
        feed = inside.get("/feeds/search/").content.decode()
        assert f"http://{ONION}{page.url}" in feed
        assert OPEN not in re.sub(r"<id>[^<]*</id>", "", feed)

    def test_the_form_to_take_away_leads_back_inside(self, inside, page):
        assert f"http://{ONION}{page.url}" in inside.get(f"{page.url}form.txt").content.decode()
        assert f"http://{ONION}{page.url}" in inside.get(f"{page.url}form/").content.decode()

    def test_mail_does_not_tell_that_somebody_came_through_tor(self, member):
        details = {"name": "N", "submitter_type": "academia"}
        for way, email in (
            ("login/code", member.email),
            ("login/code", "nobody@people.example"),
            ("signup", member.email),
            ("signup", "new@people.example"),
        ):
            inside = Visitor(ONION)
            inside.get(f"/en/accounts/{way}/")
            inside.post(f"/en/accounts/{way}/", {"email": email, **details})
        send_due()
        assert len(mail.outbox) == 4
        text = canaries.mailed()
        assert "onion" not in text
        assert f"https://{OPEN}/en/accounts/signup/" in text
        assert f"https://{OPEN}/en/accounts/login/" in text

    def test_a_form_from_another_site_is_refused(self, inside, page):
        inside.get("/en/accounts/login/")
        inside.origin = "https://elsewhere.example"
        assert inside.post("/en/accounts/login/", {"login": "x"}).status_code == 403

    def test_its_page_says_nothing_of_its_own_address(self, inside):
        assert ONION not in inside.get("/en/before-you-answer/").content.decode()

    @pytest.mark.parametrize("host", [ONION.upper(), f"{ONION}:80"])
    def test_however_the_host_is_written(self, host):
        assert Client(HTTP_HOST=host).get("/en/about/").status_code == 200

    @pytest.mark.usefixtures("one_minute")
    def test_circuits_are_told_apart(self, settings, page):
        """Whoever mistypes codes on one locks nobody else out."""
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        resume = f"{page.url}respond/resume/"

        def typed(circuit: str) -> int:
            client = Client(
                HTTP_HOST=ONION,
                HTTP_X_FORWARDED_FOR=f"fc00:dead:beef:4dad::{circuit}",
            )
            return client.post(resume, {"code": "0" * 20}, follow=True).content.count(
                b"Many wrong codes"
            )

        assert [typed("7:1") for _ in range(6)][-1]
        assert not typed("7:2")


class TestOutside:
    def test_pages_name_the_address_inside_with_their_own_path(self):
        for path in ("/en/", "/en/search/?q=a+b", "/en/before-you-answer/"):
            answer = Client(**HTTPS).get(path)
            assert answer.headers["Onion-Location"] == f"http://{ONION}{path}"

    def test_what_is_no_page_or_not_the_beginning_does_not(self, page):
        respond = f"{page.url}respond/"
        client = Client(**HTTPS)
        assert "Onion-Location" in client.get(respond).headers
        assert "Onion-Location" not in client.get(f"{page.url}form.txt").headers
        assert "Onion-Location" not in client.get("/health/live").headers
        assert "Onion-Location" not in client.get("/en/nothing/").headers
        assert "Onion-Location" not in client.post(f"{respond}resume/", {"code": "x"}).headers
        canaries.Submitter(page, client).visitor.begin("anonymous")
        assert client.cookies
        assert "Onion-Location" not in client.get(respond).headers

    def test_cookies_and_https_stay_as_strict(self, page):
        client = Client(**HTTPS)
        canaries.Submitter(page, client).visitor.begin("anonymous")
        assert all(cookie["secure"] for cookie in client.cookies.values())
        assert "Strict-Transport-Security" in client.get("/en/").headers
        plain = Client(HTTP_HOST=OPEN).get("/en/")
        assert plain.headers["Location"] == f"https://{OPEN}/en/"
        assert "Onion-Location" not in plain.headers

    def test_the_page_for_people_at_risk_names_it(self):
        soup = BeautifulSoup(Client(**HTTPS).get("/en/before-you-answer/").content, "html.parser")
        assert soup.find("a", href=f"http://{ONION}/en/before-you-answer/")

    def test_without_one_nothing_of_it_is_there(self, settings):
        settings.ONION_HOST = ""
        answer = Client(**HTTPS).get("/en/before-you-answer/")
        assert "Onion-Location" not in answer.headers
        assert b"onion" not in answer.content.replace(b"Onion Browser", b"")
        assert Client(HTTP_HOST=ONION).get("/en/").status_code == 301


@pytest.mark.parametrize(
    ("host", "wrong"),
    [
        ("", False),
        (ONION, False),
        (f"http://{ONION}", True),
        (f"{ONION}:80", True),
        ("portal.onion", True),
        (OPEN, True),
    ],
)
def test_a_name_that_cannot_be_one_is_said_at_the_start(settings, host, wrong):
    settings.ONION_HOST = host
    assert ("portal.E001" in {each.id for each in run_checks()}) is wrong
