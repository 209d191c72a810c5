"""Links of sources: asked once a week, told of after three weeks without an answer."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse

from knowledge.guides.models import Owner
from knowledge.guides.notifications import _reviews
from knowledge.sources.actions import A_RUN, check_links, follow_sources
from knowledge.sources.clients import Found
from knowledge.sources.models import Source, SourceLink
from portal.stakeholders.roles import EDITOR, MODERATOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite
from tests.knowledge.sources.answering import answering

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
ARCHIVE = "https://archive.example/law"


class Web:
    """What answers by its address; `asked` are the addresses in their order."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []

    def __call__(self, address: str) -> Found:
        self.asked.append(address)
        return Found(address not in self.gone, self.moved.get(address, ""))

    def weeks(self, number: int, begins: date = DAY) -> None:
        """Let so many weeks pass, each with as many runs as are needed."""
        for week in range(number):
            while check_links(on=begins + week * WEEK, ask=self):
                pass


@pytest.fixture
def web():
    return Web()


@pytest.fixture
def law():
    return SourceFactory(title="Law", address="https://law.example/1", archive_address=ARCHIVE)


@pytest.fixture
def silent(law, web):
    """The law, whose address did not answer for three weeks."""
    web.gone.add(law.address)
    web.weeks(3)
    return law


def soup(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def text(element) -> str:
    return " ".join(element.get_text().split())


def link_of(address) -> SourceLink:
    return SourceLink.objects.get(address=address)


def test_each_address_of_a_source_is_asked_once_a_week(web, law):
    web.weeks(1)
    assert sorted(web.asked) == [ARCHIVE, law.address]
    assert check_links(on=DAY + timedelta(days=6), ask=web) == 0
    web.weeks(1, DAY + WEEK)
    assert len(web.asked) == 4
    assert link_of(ARCHIVE).checked_on == DAY + WEEK


def test_a_run_asks_a_few_and_no_host_twice(web):
    for number in range(3):
        SourceFactory(address=f"https://one.example/{number}")
    for number in range(9):
        SourceFactory(address=f"https://host-{number}.example/")
    assert check_links(on=DAY, ask=web) == A_RUN
    assert len([each for each in web.asked if "one.example" in each]) == 1
    web.weeks(1)
    assert len(set(web.asked)) == len(web.asked) == 12


def test_who_was_not_asked_for_longest_comes_first(web):
    for number in range(4):
        SourceFactory(address=f"https://host-{number}.example/")
    check_links(on=DAY, ask=web, most=2)
    check_links(on=DAY + WEEK, ask=web, most=2)
    assert len(set(web.asked)) == 4


def test_after_three_failed_checks_an_address_is_silent(web, law):
    web.gone.add(law.address)
    for week, is_silent in enumerate([False, False, True, True]):
        web.weeks(1, DAY + week * WEEK)
        assert link_of(law.address).is_silent is is_silent
        assert link_of(law.address).failing_since == DAY
    assert not link_of(ARCHIVE).is_silent


def test_one_answer_between_begins_anew(web, law):
    web.gone.add(law.address)
    web.weeks(2)
    web.gone.clear()
    web.weeks(1, DAY + 2 * WEEK)
    assert (link_of(law.address).failures, link_of(law.address).failing_since) == (0, None)
    web.gone.add(law.address)
    web.weeks(2, DAY + 3 * WEEK)
    assert not link_of(law.address).is_silent


def test_what_was_moved_is_kept_until_the_source_has_the_new_address(web, law):
    web.moved[law.address] = "https://new.example/1"
    web.weeks(1)
    assert link_of(law.address).moved_to == "https://new.example/1"
    Source.objects.update(address="https://new.example/1")
    follow_sources()
    assert not SourceLink.objects.exclude(moved_to="").exists()
    assert not SourceLink.objects.filter(address="https://law.example/1").exists()


def test_an_address_that_is_too_long_to_keep_is_not_kept(web, law):
    web.moved[law.address] = f"https://new.example/{'a' * 3000}"
    web.weeks(1)
    assert link_of(law.address).moved_to == ""


def test_an_address_that_two_runs_take_is_asked_once(web, law):
    def meanwhile(address):
        SourceLink.objects.update(checked_on=DAY)  # another run took the rest
        return web(address)

    assert check_links(on=DAY, ask=meanwhile) == 1
    assert len(web.asked) == 1


def test_nobody_is_asked_unless_the_installation_allows_it(settings, monkeypatch, law):
    asked = []
    monkeypatch.setattr(
        "knowledge.sources.management.commands.check_links.check_links",
        lambda **kwargs: asked.append(kwargs) or 2,
    )
    assert settings.CHECK_LINKS is False
    call_command("check_links")
    assert asked == []
    settings.CHECK_LINKS = True
    call_command("check_links")
    assert len(asked) == 1


def test_what_was_found_is_forgotten_where_nobody_asks_any_more(silent):
    call_command("check_links")
    assert not SourceLink.objects.exists()


def test_it_works_with_a_real_server_through_three_weeks(client, site_tree):
    from knowledge.sources.clients import ask

    with answering() as site:
        source = SourceFactory(address=site.puts("/law", 404))
        for week in range(3):
            with time_machine.travel(f"{DAY + week * WEEK}T12:00Z"):
                check_links(on=DAY + week * WEEK, ask=lambda each: ask(each, even_private=True))
        assert link_of(source.address).is_silent
    assert "did not answer since 2 March 2026" in text(soup(client, source.get_absolute_url()))


def test_the_page_of_a_source_says_so_and_offers_the_archive_first(client, site_tree, silent):
    page = soup(client, silent.get_absolute_url())
    assert "law.example did not answer since 2 March 2026." in text(page.select_one(".notice"))
    keys = [text(each) for each in page.select("dt")]
    assert keys.index("In an archive") < keys.index("Address")
    assert keys.count("In an archive") == 1


def test_the_list_at_a_guide_s_end_says_so_and_offers_the_archive_first(client, site_tree, silent):
    guide = GuidePageFactory(text=f"<p>Ask{cite(silent.key)}.</p>")
    told = soup(client, guide.get_url()).select_one(".citations")
    assert "Read it at archive.example" in text(told)
    assert "law.example did not answer since 2 March 2026." in text(told)
    leads = [each["href"] for each in told.select(".citations__about a")]
    assert leads == [ARCHIVE, silent.address]


def test_without_an_archive_that_answers_the_address_stays_with_the_remark(
    client, site_tree, web, silent
):
    web.gone.add(ARCHIVE)
    web.weeks(3, DAY + 3 * WEEK)
    guide = GuidePageFactory(further=[silent])
    told = soup(client, guide.get_url()).select_one(".citations")
    assert "Read it at law.example" in text(told)
    assert "law.example did not answer since 2 March 2026." in text(told)


def test_readers_are_told_nothing_before_the_third_time(client, site_tree, web, law):
    web.gone.add(law.address)
    web.weeks(2)
    guide = GuidePageFactory(further=[law])
    assert "did not answer" not in text(soup(client, guide.get_url()))
    assert "did not answer" not in text(soup(client, law.get_absolute_url()))


def test_it_costs_a_guide_one_query_and_none_where_all_answer(
    client, site_tree, web, django_assert_num_queries
):
    several = SourceFactory.create_batch(4)
    guide = GuidePageFactory(further=several)
    web.weeks(1)
    client.get(guide.get_url())
    with django_assert_num_queries(7):
        client.get(guide.get_url())
    web.gone |= {each.address for each in several}
    web.weeks(3, DAY + WEEK)
    with django_assert_num_queries(8):
        assert "did not answer" in client.get(guide.get_url()).content.decode()


class TestTheReport:
    @pytest.fixture
    def editor(self, client, site_tree, settings):
        settings.STAFF_MFA_REQUIRED = False
        client.force_login(UserFactory(role=EDITOR))
        return client

    def rows(self, client, query=""):
        page = soup(client, f"{reverse('source_links')}{query}")
        return [text(each) for each in page.select("tbody tr")]

    def test_it_lists_what_fails_and_what_was_moved(self, editor, web, silent):
        moved = SourceFactory(title="Moved law", address="https://old.example/")
        web.moved[moved.address] = "https://new.example/"
        web.gone.add("https://late.example/")
        late = SourceFactory(title="Late law", address="https://late.example/")
        web.weeks(1, DAY + 3 * WEEK)
        told = self.rows(editor)
        assert len(told) == 3
        assert "Does not answer since 2 March 2026. Readers are told." in told[0]
        assert "Did not answer on 23 March 2026. It is asked again each week." in told[1]
        assert "Moved to https://new.example/" in told[2]
        assert late.name in told[1]
        assert len(self.rows(editor, "?standing=silent")) == 1
        assert len(self.rows(editor, "?standing=moved")) == 1
        page = soup(editor, reverse("source_links"))
        assert page.find("a", string=lambda said: said and said.strip() == "Law")["href"] == (
            reverse("wagtailsnippets_sources_source:edit", args=[silent.pk])
        )

    def test_it_says_that_nobody_asks(self, editor, settings):
        address = reverse("source_links")
        assert "CHECK_LINKS is off" in text(soup(editor, address))
        settings.CHECK_LINKS = True
        assert "Every address that was asked answers." in text(soup(editor, address))

    def test_it_is_a_spreadsheet_too(self, editor, silent):
        answer = editor.get(f"{reverse('source_links')}?export=csv")
        assert silent.address in b"".join(answer.streaming_content).decode()

    def test_it_is_for_who_works_on_sources(self, client, site_tree, settings):
        settings.STAFF_MFA_REQUIRED = False
        client.force_login(UserFactory(role=MODERATOR))
        assert client.get(reverse("source_links")).status_code in (302, 403)


@time_machine.travel("2026-06-01T12:00Z")
def test_owners_are_told_with_what_is_due(site_tree, silent):
    unit = Owner.objects.named("Licensing desk")
    guide = GuidePageFactory(unit=unit, review_due=date(2026, 6, 1), further=[silent])
    told = _reviews({"guides": [guide.pk], "unit": "Licensing desk"})
    assert told["guides"][0]["silent"] == [
        "Law did not answer since 2 March 2026: https://law.example/1"
    ]
    mail = render_to_string("guides/mail/reviews.txt", {**told, "base_url": ""}, using="django")
    assert "Sources that do not answer:\nLaw did not answer since 2 March 2026:" in mail
