"""Certificates: what a paper says, what is kept of it, and what its number confirms."""

import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from knowledge.guides.versions.actions import keep_version
from knowledge.learning.models import Certificate
from knowledge.learning.rendering import html_of, paper_of
from knowledge.learning.statistics import by_path_and_month
from portal.pdf import pango
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.knowledge.learning.building import words, work_through

pytestmark = pytest.mark.django_db
ASK = "/en/learning/first/certificate/"
NAME = "Namecanary Öğretmen"


def ask(client, path, name=NAME):
    return client.post(ASK, {"carried": work_through(client, path), "name": name})


def certificate_of(path, **fields):
    made = {"title": path.title, "language": "en", "minutes": 120, "day": "2026-12-01", **fields}
    made["day"] = date.fromisoformat(made["day"])
    return Certificate.objects.create(path=path.key, **made)


def test_without_the_work_there_is_no_paper(client, path, room):
    for data in ({}, {"name": NAME}, {"name": NAME, "carried": "forged"}):
        response = client.post(ASK, data)
        assert "First work through each module" in words(response)
    half = work_through(client, path, until=1)
    assert "First work through" in words(client.post(ASK, {"carried": half, "name": NAME}))
    assert "First work through" in words(client.get(ASK))
    assert not Certificate.objects.exists()


def test_a_paper_is_asked_for_with_a_name_that_is_kept_nowhere(client, path, room):
    state = work_through(client, path)
    form = client.post(ASK, {"carried": state})
    assert "It is not an accreditation." in words(form)
    response = client.post(ASK, {"carried": state, "name": NAME})
    assert response.status_code == 303
    assert not response.cookies
    [given] = Certificate.objects.all()
    assert [each["slug"] for each in given.guides] == ["one", "other"]
    assert [each["version"] for each in given.guides] == [1, 1]
    assert (given.minutes, given.hours) == (120, 2)
    assert not hasattr(given.day, "hour")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert "Namecanary" not in repr(cursor.fetchall()), table


@pytest.mark.parametrize(
    ("name", "status"), [("", 303), ("x" * 101, 422), ("ليلى 李", 303), ("<b>&", 303)]
)
def test_any_name_or_none_is_printed_and_one_too_long_is_told(client, path, room, name, status):
    response = ask(client, path, name)
    assert response.status_code == status
    if status == 422:
        assert name in response.content.decode()


@pytest.mark.skipif(not pango.is_installed(), reason="no Pango here, so there is no PDF")
def test_the_paper_says_what_it_is_and_where_it_is_checked(client, path, room):
    to = ask(client, path)["Location"]
    assert room.work_off() == 1
    pdf = PdfReader(io.BytesIO(client.get(f"{to}file/").content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    number = str(Certificate.objects.get().number)
    for said in (NAME, "Worked through", "This is not an accreditation.", "One guide", number):
        assert said in text
    assert "2 hours" in text
    assert pdf.metadata.title == "Worked through: First path"
    assert len(pdf.pages) == 1


def test_the_same_is_there_to_print_where_no_pdf_can_be_made(client, path, room):
    to = ask(client, path)["Location"]
    html = client.get(f"{to}print/").content.decode()
    assert NAME in html
    assert 'class="segno"' in html
    assert "style=" not in html.split('class="segno"')[1].split("</svg>")[0]


def test_the_paper_in_arabic_runs_from_right_to_left(path):
    given = certificate_of(path, guides=[{"title": "One guide", "slug": "one", "language": "en",
                                          "version": 1, "guide": path.key}])  # fmt: skip
    with override("ar"):
        html = html_of(paper_of(given, "ليلى"))
    assert 'lang="ar" dir="rtl"' in html
    assert '<strong lang="en" dir="ltr">First path</strong>' in html
    assert "<bdi>ليلى</bdi>" in html


def test_the_number_confirms_path_day_and_hours_and_names_nobody(client, path, room):
    ask(client, path)
    given = Certificate.objects.get()
    response = client.get(given.get_absolute_url())
    shown = words(response)
    for said in ("First path", "2 hours", "It has not changed since.", "not an accreditation"):
        assert said in shown
    assert "Namecanary" not in shown
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert client.get(given.get_absolute_url().replace("-", "").upper().replace(
        "/EN/LEARNING/CERTIFICATES/", "/en/learning/certificates/")).status_code == 200  # fmt: skip


@pytest.mark.parametrize("number", ["1", "x" * 300, "00000000-0000-4000-8000-000000000000", "%00"])
def test_an_unknown_number_is_a_plain_page(client, site_tree, number):
    response = client.get(f"/en/learning/certificates/{number}/")
    assert response.status_code == 404
    assert "This number was not given out" in words(response)


def test_the_page_says_which_guides_have_changed_or_are_gone(client, path, room):
    ask(client, path)
    one, other = (each.guide for each in path.modules_shown)
    one.title = "One guide, corrected"
    one.save()
    keep_version(one, timezone.now())
    other.unpublish()
    shown = words(client.get(Certificate.objects.get().get_absolute_url()))
    assert "It has changed since: today it is version 2." in shown
    assert "Other guide Worked through in version 1. This guide is no longer published." in shown


def test_the_page_has_a_fixed_number_of_queries(client, path, django_assert_max_num_queries):
    row = {"title": "One", "slug": "one", "language": "en", "version": 1, "guide": path.key}
    counts = []
    for count in (1, 30):
        given = certificate_of(path, guides=[row] * count)
        client.get(given.get_absolute_url())
        with django_assert_max_num_queries(10) as asked:
            client.get(given.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_certificates_are_numbered_by_chance(path):
    numbers = [certificate_of(path).number for _n in range(5)]
    assert all(each.version == 4 for each in numbers)


@pytest.mark.usefixtures("one_minute")
def test_one_client_is_not_given_certificates_without_end(client, path, room):
    state = work_through(client, path)
    given = [client.post(ASK, {"carried": state, "name": ""}).status_code for _n in range(12)]
    assert given[0] == 303
    assert 429 in given
    assert Certificate.objects.count() <= 10


# -- the report ------------------------------------------------------------------------------------


def test_staff_see_counts_by_path_and_month_and_no_small_ones(client, path):
    for _n in range(6):
        certificate_of(path, day="2026-10-05")
    for _n in range(4):
        certificate_of(path, day="2026-11-05")
    assert [(each.month.month, each.count) for each in by_path_and_month()] == [(11, None), (10, 6)]
    client.force_login(UserFactory(role=roles.EDITOR))
    html = client.get("/admin/reports/learning/").content.decode()
    assert "October 2026" in html
    assert "fewer than 5" in html
    assert ">4<" not in html


def test_the_report_takes_one_query(path, django_assert_num_queries):
    for month in range(1, 12):
        certificate_of(path, day=f"2026-{month:02}-01")
    with django_assert_num_queries(1):
        assert len(by_path_and_month()) == 11


def test_rows_of_a_certificate_are_json_and_name_no_reader(path, client, room):
    ask(client, path)
    given = Certificate.objects.get()
    assert "Namecanary" not in json.dumps(given.guides)
