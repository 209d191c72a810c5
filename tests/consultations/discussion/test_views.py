"""The discussion as people meet it: what they see, what they are told, what is kept."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.discussion import actions
from consultations.discussion.models import Comment
from portal.stakeholders.roles import ADMINISTRATOR
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXT = "A text that took me an hour."


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def thread_url(consultation):
    return reverse("discussion:thread", args=[consultation.slug])


def sent(body=TEXT, **extra):
    return {"body": body, "language": "en", "submission_key": str(uuid.uuid4()), **extra}


def page_of(response):
    return response.content.decode()


def test_everybody_reads_and_is_invited_to_sign_in(client, consultation, thread_url):
    author = UserFactory(
        name="Ana Ruiz", submitter_type="civil-society", affiliation="Rights Watch Example"
    )
    comment_on(consultation, author=author, body="Ask who operates it.")
    page = page_of(client.get(thread_url))
    for words in ("Ana Ruiz", "Civil society", "Rights Watch Example</bdi> (not verified)"):
        assert words in page
    assert "Ask who operates it." in page
    assert f"{reverse('account_login')}?next=" in page
    assert "<textarea" not in page


def test_the_way_to_write_stands_before_the_comments(client, consultation, thread_url, member):
    comment_on(consultation)

    def links_before():
        page = page_of(client.get(thread_url))
        before = page[page.index("<main") : page.index('class="thread"')]
        return [each.get_text(strip=True) for each in BeautifulSoup(before, "html.parser")("a")]

    assert "Sign in to comment" in links_before()
    client.force_login(member)
    assert "Write a comment" in links_before()


def test_names_and_groups_are_parted_without_any_style(client, consultation, thread_url):
    host = OrganisationFactory(name="Export Office", verified_on=timezone.localdate())
    first = comment_on(
        consultation, author=UserFactory(name="Ben", submitter_type="company", organisation=host)
    )
    second = comment_on(
        consultation,
        author=UserFactory(name="Ana Ruiz", submitter_type="academia", affiliation="A Circle"),
        parent=first,
    )

    def said(comment, part):
        soup = BeautifulSoup(page_of(client.get(thread_url)), "html.parser")
        return " ".join(soup.select_one(f"#c-{comment.pk} .comment__{part}").get_text().split())

    assert said(first, "heading") == "Industry, Ben, Export Office, verified"
    assert said(second, "heading") == "Academia, Ana Ruiz, reply, level 2"
    assert said(second, "meta").startswith("A Circle (not verified), ")
    assert said(second, "meta").endswith(", In reply to Ben")


def test_a_verified_organisation_is_shown_without_remark(client, consultation, thread_url):
    host = OrganisationFactory(name="Export Office", verified_on=timezone.localdate())
    comment_on(consultation, author=UserFactory(organisation=host, affiliation="Elsewhere"))
    page = page_of(client.get(thread_url))
    assert "not verified" not in page
    assert "Elsewhere" not in page
    heading = BeautifulSoup(page, "html.parser").select_one(".comment__heading")
    mark = heading.select_one(".verified-mark")
    assert mark.get_text() == "Export Office, verified"
    assert mark.select_one("svg"), "a shape and a word, beside the name"


def test_an_organisation_that_has_not_answered_from_its_domain_is_not_verified(
    client, consultation, thread_url
):
    comment_on(
        consultation, author=UserFactory(organisation=OrganisationFactory(name="A Ministry"))
    )
    page = page_of(client.get(thread_url))
    assert "A Ministry</bdi> (not verified)" in page
    assert "verified-mark" not in page


def test_a_member_comments_and_lands_on_the_comment(client, member, consultation, thread_url):
    comment_on(consultation, body="An earlier voice.")
    client.force_login(member)
    assert "<textarea" in page_of(client.get(thread_url))
    response = client.post(thread_url, sent())
    comment = Comment.objects.latest("pk")
    assert response.url == f"{thread_url}?at={comment.pk}#c-{comment.pk}"
    page = page_of(client.get(response.url))
    assert f'id="c-{comment.pk}"' in page
    assert TEXT in page
    assert "Your comment is published." in page
    with time_machine.travel(comment.created_at + timedelta(minutes=2)):
        assert "is published." not in page_of(client.get(response.url))
    client.logout()
    assert "is published." not in page_of(client.get(response.url))


def test_a_reply_tells_what_it_answers_and_how_deep_it_stands(
    client, member, consultation, thread_url
):
    parent = comment_on(consultation, author=UserFactory(name="Ana Ruiz"))
    client.force_login(member)
    reply_url = reverse("discussion:reply", args=[consultation.slug, parent.pk])
    assert parent.body in page_of(client.get(reply_url))
    client.post(reply_url, sent())
    page = page_of(client.get(thread_url))
    soup = BeautifulSoup(page, "html.parser")
    told = soup.find(string=re.compile("In reply to")).parent
    assert told.get_text() == "In reply to Ana Ruiz"
    assert "govuk-visually-hidden" in told["class"], "what it answers stands right above it"
    assert "reply, level 2" in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "Write your comment."),
        ("   ", "Write your comment."),
        ("x" * 5_001, "Your comment has 5,001 characters. At most 5,000 fit."),
    ],
)
def test_what_is_no_comment_is_told_beside_the_field(client, member, thread_url, body, told):
    client.force_login(member)
    response = client.post(thread_url, sent(body))
    page = page_of(response)
    assert response.status_code == 422
    assert told in page
    assert "<title>Error:" in page
    assert body.strip() in page
    assert not Comment.objects.exists()


def test_mark_up_is_text(client, consultation, thread_url):
    nasty = '<script>alert(1)</script> & <a href="javascript:alert(1)">x</a>'
    author = UserFactory(name="<b>Bob</b>", affiliation="<i>Firm</i>")
    parent = comment_on(consultation, author=author, body=nasty)
    comment_on(consultation, author=author, parent=parent)
    for url in (
        thread_url,
        reverse("discussion:reply", args=[consultation.slug, parent.pk]),
        reverse("discussion:history", args=[consultation.slug, parent.pk]),
    ):
        page = page_of(client.get(url))
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;a href=" in page
        assert "&lt;b&gt;Bob&lt;/b&gt;" in page
        for raw in ("<script>alert", "<b>Bob", "<i>Firm", 'href="javascript:'):
            assert raw not in page


def test_web_addresses_become_links_that_vouch_for_nothing(client, consultation, thread_url):
    comment_on(consultation, body="See https://example.org/a?b=1&c=2, and (http://example.org).")
    page = page_of(client.get(thread_url))
    assert (
        '<a class="govuk-link" href="https://example.org/a?b=1&amp;c=2" '
        'rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>, and'
    ) in page
    assert 'href="http://example.org" rel' in page


def test_a_comment_after_the_deadline_is_refused_and_kept(client, member, consultation, thread_url):
    client.force_login(member)
    consultation.closes_at = consultation.opens_at + timedelta(days=1)
    consultation.short_notice_reason = "Short."
    consultation.save()
    response = client.post(thread_url, sent())
    assert response.status_code == 409
    assert TEXT in page_of(response)
    assert "closed" in page_of(response)
    assert not Comment.objects.exists()
    assert "<textarea" not in page_of(client.get(thread_url))


def test_a_closed_thread_says_why(client, member, moderator, consultation, thread_url):
    client.force_login(moderator)
    closing = reverse("discussion:closing", args=[consultation.slug])
    assert client.post(closing, {"reason": ""}).status_code == 422
    client.post(closing, {"reason": "Threats were made."})
    client.force_login(member)
    assert "Threats were made." in page_of(client.get(thread_url))
    response = client.post(thread_url, sent())
    assert response.status_code == 409
    assert TEXT in page_of(response)
    client.force_login(moderator)
    client.post(closing, {"reopen": "1"})
    client.force_login(member)
    assert client.post(thread_url, sent()).status_code == 302


def test_a_double_click_makes_one_comment(client, member, thread_url):
    client.force_login(member)
    form = sent()
    assert client.post(thread_url, form).url == client.post(thread_url, form).url
    assert Comment.objects.count() == 1


def test_the_same_words_sent_again_with_another_key_are_published_once(
    client, member, consultation, thread_url
):
    client.force_login(member)
    assert client.post(thread_url, sent()).status_code == 302
    [made] = Comment.objects.all()
    again = client.post(thread_url, sent())
    assert again.status_code == 409
    assert "You have published this comment already." in page_of(again)
    assert TEXT in page_of(again)
    assert f'href="{thread_url}?at={made.pk}#c-{made.pk}"' in page_of(again)
    assert Comment.objects.count() == 1
    reply = reverse("discussion:reply", args=[consultation.slug, made.pk])
    assert client.post(reply, sent()).status_code == 302, "elsewhere it may be said again"


def test_a_damaged_key_is_no_obstacle(client, member, thread_url):
    client.force_login(member)
    assert client.post(thread_url, sent(submission_key="x")).status_code == 302


def test_a_lost_session_loses_no_text(client, consultation, thread_url):
    parent = comment_on(consultation)
    for url in (thread_url, reverse("discussion:reply", args=[consultation.slug, parent.pk])):
        response = client.post(url, sent())
        page = page_of(response)
        assert response.status_code == 403
        assert TEXT in page
        assert reverse("account_login") in page
    assert Comment.objects.count() == 1


def test_a_lost_session_loses_no_edit(client, member, consultation):
    comment = comment_on(consultation, author=member)
    url = reverse("discussion:edit", args=[consultation.slug, comment.pk])
    response = client.post(url, sent())
    assert response.status_code == 403
    assert TEXT in page_of(response)
    assert client.get(url).url.startswith(reverse("account_login"))


def test_a_failed_csrf_check_loses_no_text_and_posts_nothing(member, thread_url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    response = client.post(thread_url, sent())
    page = page_of(response)
    assert response.status_code == 403
    assert TEXT in page
    assert not Comment.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert client.post(thread_url, sent(csrfmiddlewaretoken=token)).status_code == 302


def test_a_flood_is_held_back_with_its_text(client, member, consultation, thread_url):
    for _ in range(actions.RATE_LIMIT):
        comment_on(consultation, author=member)
    client.force_login(member)
    response = client.post(thread_url, sent())
    assert response.status_code == 429
    assert TEXT in page_of(response)


def test_a_reply_to_another_consultations_comment_is_not_found(client, member, consultation):
    elsewhere = comment_on(ConsultationPageFactory())
    client.force_login(member)
    for name in ("reply", "edit", "history", "hide", "restore"):
        url = reverse(f"discussion:{name}", args=[consultation.slug, elsewhere.pk])
        assert client.get(url).status_code == 404, name
    url = reverse("discussion:reply", args=[consultation.slug, elsewhere.pk])
    assert client.post(url, sent()).status_code == 404


def test_an_official_answer_is_marked_and_offered_to_those_who_may(
    client, member, consultation, thread_url
):
    parent = comment_on(consultation)
    reply_url = reverse("discussion:reply", args=[consultation.slug, parent.pk])
    client.force_login(member)
    assert "official answer" not in page_of(client.get(reply_url))
    client.post(reply_url, sent(official="on"))
    assert not Comment.objects.filter(is_official=True).exists()
    client.force_login(UserFactory(organisation=consultation.host))
    assert "official answer" in page_of(client.get(reply_url))
    client.post(reply_url, sent(official="on"))
    assert Comment.objects.filter(is_official=True).count() == 1
    assert "Official answer" in page_of(client.get(thread_url))


def test_an_author_edits_and_all_see_the_earlier_wording(client, member, consultation, thread_url):
    comment = comment_on(consultation, author=member, body="The first wording.")
    client.force_login(member)
    url = reverse("discussion:edit", args=[consultation.slug, comment.pk])
    assert url in page_of(client.get(thread_url))
    assert "The first wording." in page_of(client.get(url))
    assert client.post(url, sent("")).status_code == 422
    response = client.post(url, sent("The second wording."))
    assert "Your comment is changed." in page_of(client.get(response.url))
    client.logout()
    history = reverse("discussion:history", args=[consultation.slug, comment.pk])
    page = page_of(client.get(thread_url))
    assert history in page
    assert "The second wording." in page
    assert "The first wording." not in page
    page = page_of(client.get(history))
    assert "The first wording." in page
    assert "The second wording." in page


def typed_into(page):
    """What the form of a page holds, as a browser sends it."""
    form = BeautifulSoup(page, "html.parser").select_one("main form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    sent["body"] = form.select_one("textarea").get_text().lstrip("\n")
    sent["language"] = form.select_one("option[selected]")["value"]
    return sent


def test_the_later_of_two_tabs_does_not_win_without_a_word(client, member, consultation):
    comment = comment_on(consultation, author=member, body="The first wording.")
    client.force_login(member)
    url = reverse("discussion:edit", args=[consultation.slug, comment.pk])
    one, other = typed_into(page_of(client.get(url))), typed_into(page_of(client.get(url)))
    assert client.post(url, {**one, "body": "Of the first tab."}).status_code == 302
    answer = client.post(url, {**other, "body": "Of the second tab."})
    assert answer.status_code == 409
    page = page_of(answer)
    assert "You changed this comment in another window" in page
    assert "Of the first tab." in page, "what is published now"
    again = typed_into(page)
    assert again["body"] == "Of the second tab."
    comment.refresh_from_db()
    assert comment.body == "Of the first tab."
    assert client.post(url, again).status_code == 302
    comment.refresh_from_db()
    assert comment.body == "Of the second tab."
    assert [each.body for each in comment.versions.all()] == [
        *("Of the first tab.", "The first wording."),
    ]


@pytest.mark.parametrize("by", ["author", "moderator"])
@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("edit", {"author": "removed by its author", "moderator": "moderator has hidden this"}),
        (
            "reply",
            {
                "author": "that you reply to has been removed by its author",
                "moderator": "A moderator has hidden the comment that you reply to",
            },
        ),
    ],
)
def test_what_is_typed_for_a_comment_that_is_gone_meanwhile_is_kept(
    client, member, moderator, consultation, page, told, by
):
    comment = comment_on(consultation, author=member, body="The first wording.")
    client.force_login(member)
    url = reverse(f"discussion:{page}", args=[consultation.slug, comment.pk])
    form = sent() if page == "reply" else typed_into(page_of(client.get(url)))
    if by == "author":
        actions.remove_comment(author=member, comment=comment)
    else:
        actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    answer = client.post(url, {**form, "body": TEXT})
    assert answer.status_code == 409
    main = BeautifulSoup(page_of(answer), "html.parser").select_one("main")
    assert told[by] in main.select_one('[role="alert"]').get_text()
    assert TEXT in main.select_one("textarea").get_text()
    if page == "edit":
        assert not main.select("form button"), "it can only be copied"
        again = client.get(url)
        assert again.status_code == 200
        assert told[by] in page_of(again)
        assert "<textarea" not in page_of(again)


def test_the_same_wording_sent_by_two_tabs_is_no_conflict(client, member, consultation):
    comment = comment_on(consultation, author=member, body="The first wording.")
    client.force_login(member)
    url = reverse("discussion:edit", args=[consultation.slug, comment.pk])
    form = {**typed_into(page_of(client.get(url))), "body": "The second."}
    assert [client.post(url, form).status_code for _twice in range(2)] == [302, 302]
    assert comment.versions.count() == 1


def test_what_was_done_is_said_where_the_comment_is(client, member, consultation, thread_url):
    comment_on(consultation, body="An earlier voice.")
    client.force_login(member)
    landed = page_of(client.get(client.post(thread_url, sent()).url))
    soup = BeautifulSoup(landed, "html.parser")
    article = soup.select_one(f"#c-{Comment.objects.latest('pk').pk}")
    said = soup.select('[role="status"]')
    assert [article] == [each.find_parent("article") for each in said]
    assert "Your comment is published." in said[0].get_text()
    assert article["tabindex"] == "-1", "the address leads the focus there"


def test_the_language_is_asked_once_and_never_guessed(client, member, thread_url):
    client.force_login(member)

    def chosen():
        page = BeautifulSoup(client.get(thread_url).content, "html.parser")
        return [each["value"] for each in page.select("select[name=language] option[selected]")]

    assert chosen() == [""]
    answer = client.post(thread_url, sent(language=""))
    assert answer.status_code == 422
    assert "Choose the language of your comment." in page_of(answer)
    assert TEXT in page_of(answer)
    client.post(thread_url, sent("ሰላም", language="am"))
    assert Comment.objects.latest("pk").language == "am"
    assert 'lang="am" dir="auto">ሰላም' in page_of(client.get(thread_url))
    assert chosen() == ["am"]


@pytest.mark.parametrize(
    ("body", "language", "asked"),
    [
        ("المؤشر الجيد لا يحتاج إلى ضحية", "en", "letters of this text are Arabic"),
        ("Показатели нужно публиковать", "fr", "letters of this text are Cyrillic"),
        ("应当公布全部指标以及理由说明", "en", "letters of this text are Chinese"),
        ("The indicators should be public.", "ar", "letters of this text are Latin"),
        ("شاخص خوب به قربانی نیاز ندارد", "fa", ""),
        ("Pokazatelji treba da budu javni.", "sr", ""),
        ("应当公布全部指标以及理由说明", "zh", ""),
        ("指標公開必要性全部理由説明", "ja", ""),
        ("Смотрите OECD Due Diligence", "ru", ""),
        ("موافق", "en", ""),
        ("4.A.5", "ar", ""),
    ],
)
def test_a_language_that_is_not_written_so_is_asked_once(
    client, member, thread_url, body, language, asked
):
    client.force_login(member)
    answer = client.post(thread_url, sent(body, language=language))
    if asked:
        assert answer.status_code == 422
        page = page_of(answer)
        assert asked in page
        answer = client.post(thread_url, {**typed_into(page), "body": body})
    assert answer.status_code == 302
    posted = Comment.objects.get()
    assert (posted.body, posted.language) == (body, language)


def test_a_code_keeps_its_order_in_an_arabic_comment(client, consultation, thread_url):
    comment_on(consultation, body="Entry 4.A.5\nالبند 4.A.5 من القائمة", language="ar")
    body = BeautifulSoup(page_of(client.get(thread_url)), "html.parser").select_one(
        ".comment__body"
    )
    assert body["dir"] == "auto"
    assert [each.get_text() for each in body.select('bdi[dir="ltr"]')] == ["Entry 4.A.5", "4.A.5"]


def test_nobody_edits_what_another_wrote(client, member, consultation):
    comment = comment_on(consultation)
    url = reverse("discussion:edit", args=[consultation.slug, comment.pk])
    client.force_login(UserFactory(role=ADMINISTRATOR))
    assert client.get(url).status_code == 403
    assert client.post(url, sent()).status_code == 403


def test_a_moderator_hides_with_a_reason_and_shows_again(
    client, member, moderator, consultation, thread_url
):
    secret = "Her address is 5 Elm Road."
    comment = comment_on(consultation, author=UserFactory(name="Ana Ruiz"), body=secret)
    reply = comment_on(consultation, parent=comment, body="That is no place for it.")
    hide = reverse("discussion:hide", args=[consultation.slug, comment.pk])
    client.force_login(member)
    assert client.get(hide).status_code == 403
    assert client.post(hide, {"reason": "spam"}).status_code == 403
    client.force_login(moderator)
    assert client.post(hide, {"reason": "dislike"}).status_code == 422
    assert client.post(hide, {"reason": "personal-data", "note": "Asked for."}).status_code == 302
    client.logout()
    at = client.get(f"/c/{comment.pk}").url
    for url in (thread_url, at, f"{thread_url}?order=newest"):
        page = page_of(client.get(url))
        assert "Personal data of somebody else" in page
        assert reply.body in page
        assert secret not in page
        assert "Ana Ruiz" not in page
        assert "Asked for." not in page
    for name in ("history", "reply"):
        response = client.get(reverse(f"discussion:{name}", args=[consultation.slug, comment.pk]))
        assert secret not in page_of(response)
    client.force_login(moderator)
    restore = reverse("discussion:restore", args=[consultation.slug, comment.pk])
    assert secret in page_of(client.get(restore))
    client.post(restore, {"note": ""})
    client.logout()
    assert secret in page_of(client.get(thread_url))


def test_visitors_are_sent_to_sign_in_before_moderating(client, consultation):
    comment = comment_on(consultation)
    for name, args in (("hide", [comment.pk]), ("restore", [comment.pk]), ("closing", [])):
        response = client.get(reverse(f"discussion:{name}", args=[consultation.slug, *args]))
        assert response.url.startswith(reverse("account_login"))


def test_a_permalink_leads_to_the_comment(client, consultation, thread_url):
    comments = build_thread(consultation, 250)
    for comment in comments[::40]:
        response = client.get(f"/c/{comment.pk}")
        assert response.url == f"{thread_url}?at={comment.pk}#c-{comment.pk}"
        assert f'id="c-{comment.pk}"' in page_of(client.get(response.url))


@pytest.mark.parametrize(
    "address",
    ["/c/0", "/c/999999", "/c/99999999999999999999", "/c/x"],
)
def test_a_permalink_to_nothing_is_not_found(client, consultation, address):
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "after=999999",
        "before=999999",
        "at=999999",
        "after=x",
        "after=-1",
        "after=",
        "after=99999999999999999999",
        "after=²",
        "order=random",
        "group=martians",
        "after=1&before=1",
    ],
)
def test_an_address_that_names_nothing_is_not_found(client, consultation, thread_url, query):
    comment_on(consultation)
    assert client.get(f"{thread_url}?{query}").status_code == 404


def test_beyond_the_last_page_is_not_found(client, consultation, thread_url):
    comment = comment_on(consultation)
    assert client.get(f"{thread_url}?after={comment.pk}").status_code == 404


def test_pages_lead_through_the_whole_thread(client, consultation, thread_url):
    build_thread(consultation, 230)
    seen, url = [], thread_url
    while url:
        page = page_of(client.get(url))
        seen += re.findall(r'<article [^>]*id="c-(\d+)"', page)
        onwards = re.search(r'href="(\?after=\d+)#comments" rel="next"', page)
        url = onwards and thread_url + onwards[1]
    assert len(seen) == len(set(seen)) == 230


def test_newest_first_and_one_group(client, consultation, thread_url):
    comment_on(consultation, author=UserFactory(submitter_type="company"), body="From industry.")
    comment_on(consultation, author=UserFactory(submitter_type="academia"), body="From academia.")
    page = page_of(client.get(f"{thread_url}?order=newest"))
    assert page.index("From academia.") < page.index("From industry.")
    page = page_of(client.get(f"{thread_url}?group=industry"))
    assert "From industry." in page
    assert "From academia." not in page
    page = page_of(client.get(f"{thread_url}?group=government"))
    assert "Nobody of this group has commented" in page


def test_queries_do_not_grow_with_the_thread(client, member, consultation, thread_url):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        middle = Comment.objects.order_by("path")[Comment.objects.count() // 2].pk
        counts = []
        for query in ("", f"?at={middle}", "?order=newest", "?group=academia"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(thread_url + query).status_code == 200
            counts.append(len(captured))
        return counts

    client.force_login(member)
    build_thread(consultation, 10)
    client.get(thread_url)
    few = queries()
    build_thread(consultation, 290, seed=2)
    assert queries() == few
    assert max(few) <= 14


def test_a_draft_or_an_unknown_consultation_has_no_discussion(client, consultations):
    draft = ConsultationPageFactory(live=False)
    assert client.get(reverse("discussion:thread", args=[draft.slug])).status_code == 404
    assert client.get(reverse("discussion:thread", args=["none"])).status_code == 404


def test_a_withdrawn_consultation_takes_its_permalinks_along(client, consultation):
    comment = comment_on(consultation)
    consultation.unpublish()
    assert client.get(f"/c/{comment.pk}", follow=True).status_code == 404


def test_an_editor_is_no_moderator(client, editor, consultation):
    client.force_login(editor)
    assert client.get(reverse("moderate_comments")).status_code in (302, 403)


def test_a_page_with_comments_is_not_deleted(client, consultation):
    comment_on(consultation)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    for page in (consultation, consultation.get_parent()):
        url = reverse("wagtailadmin_pages:delete", args=[page.pk])
        assert client.post(url).status_code == 302
        assert page.__class__.objects.filter(pk=page.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={consultation.pk}&next=/admin/")
    assert Comment.objects.exists()


@pytest.fixture
def alike(consultation):
    """Three comments on spyware, of which the first is replied to; and one on drones."""
    bodies = (
        "Ask who operates the spyware before it leaves.",
        "Who operates the spyware is what to ask.",
        "The spyware is what matters, and who operates it.",
        "Drones should be left out of this.",
    )
    return [comment_on(consultation, body=body) for body in bodies]


def reply_page(client, consultation, comment):
    return page_of(client.get(reverse("discussion:reply", args=[consultation.slug, comment.pk])))


def test_before_replying_one_sees_who_makes_the_point_already(client, consultation, alike):
    page = reply_page(client, consultation, alike[0])
    assert "2 similar comments in this discussion" in page
    for comment in alike[1:3]:
        assert comment.body in page
        assert f'href="{comment.get_absolute_url()}"' in page
    assert alike[3].body not in page


def test_a_hidden_comment_is_similar_to_nothing(client, consultation, alike):
    moderator = UserFactory(role=ADMINISTRATOR)
    actions.hide_comment(moderator=moderator, comment=alike[1], reason="off-topic")
    page = reply_page(client, consultation, alike[0])
    assert "1 similar comment in this discussion" in page
    assert alike[1].body not in page
    assert "similar comment" not in reply_page(client, consultation, alike[1])


def test_comments_of_other_discussions_are_not_offered(client, consultation, alike):
    other = ConsultationPageFactory(title="Elsewhere")
    comment_on(other, body="Ask who operates the spyware, elsewhere.")
    assert "elsewhere." not in reply_page(client, consultation, alike[0])


def test_without_a_similar_comment_nothing_is_said_of_it(client, consultation):
    comment = comment_on(consultation, body="Drones should be left out of this.")
    assert "similar comment" not in reply_page(client, consultation, comment)
