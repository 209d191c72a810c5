"""Who gets in where: a matrix of addresses and roles, and what must reach nobody."""

import logging
from datetime import date

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from consultations.calls.models import ConsultationDocument
from consultations.discussion.actions import (
    appeal_hiding,
    edit_comment,
    hide_comment,
    remove_comment,
)
from consultations.discussion.models import Comment
from consultations.following.actions import follow_as_member
from consultations.following.unsubscribe_links import stop_address
from knowledge.fact_checks.actions import answering
from knowledge.feedback.models import Feedback
from knowledge.guides.models import GuideEnd, InstitutionReview, Owner, StateUse, StillTrue
from knowledge.guides.versions.actions import keep_version
from knowledge.learning.models import Certificate, KeptProgress
from knowledge.sources.models import Source, SourceLink
from portal.cms.models import DocumentChange, PageTranslation, UnpublishRequest
from portal.keys import hashed
from portal.notifications.delivery import send_due
from portal.saved_searches.actions import save_search
from portal.stakeholders import roles
from portal.stakeholders.models import State
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import OrganisationFactory, UserFactory
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory, ListEntryFactory, SourceFactory, cite
from tests.knowledge.learning.building import path_of
from tests.pages import ids_that_stand_twice
from tests.staff import prove_again

pytestmark = pytest.mark.django_db

ANYBODY = {"anonymous", "member", "host", *roles.ROLES, "superuser"}
SIGNED_IN = ANYBODY - {"anonymous"}
MODERATORS = {roles.MODERATOR, roles.ADMINISTRATOR, "superuser"}
# Of a guide that is a lesson.
OFFICE = ("guide_docx", "guide_odt", "guide_pptx")
WRITERS = {roles.EDITOR, roles.ADMINISTRATOR, "superuser"}
STAFF = SIGNED_IN - {"member", "host", roles.STATE_DELEGATE}
# Officials answer, and decide nothing in which an interest could weigh.
DECIDE = STAFF - {roles.OFFICIAL}
PEOPLE_KEEPERS = {roles.ADMINISTRATOR, "superuser"}
CERTAIN = {"reason": "They asked for it.", "step": "confirm"}
INVITED = {"email": "new@people.example", "organisation": "", "reason": "To help us."}


def ended_guide(kind, **fields):
    """A guide that was published once and ended."""
    guide = GuidePageFactory(**fields)
    keep_version(guide, timezone.now())
    guide.unpublish()
    GuideEnd.objects.create(guide=guide, kind=kind, reason="Old.", ended_at=timezone.now())
    return guide


class House:
    """One of everything that may be shown or not, and a browser for each role."""

    def __init__(self):
        self.host = OrganisationFactory(name="Host")
        self.consultation = ConsultationPageFactory(host=self.host)
        self.author = UserFactory()
        self.shown = comment_on(self.consultation, author=self.author, body="Plainly shown.")
        self.hidden = comment_on(self.consultation, author=self.author, body="Firstcanary wording.")
        edit_comment(
            author=self.author, comment=self.hidden, body="Hiddencanary text.", language="en"
        )
        self.removed = comment_on(
            self.consultation, author=self.author, body="Removedcanary wording."
        )
        remove_comment(author=self.author, comment=self.removed)
        moderator = UserFactory(role=roles.MODERATOR)
        hide_comment(moderator=moderator, comment=self.hidden, reason="abuse")
        self.hiding = self.hidden.moderation_acts.get()
        self.appealed = comment_on(self.consultation, author=self.author, body="Hiddencanary too.")
        hide_comment(moderator=moderator, comment=self.appealed, reason="spam")
        self.appeal = appeal_hiding(
            author=self.author,
            act=self.appealed.moderation_acts.get(),
            text="Hiddencanary appeal.",
        )
        self.draft = ConsultationPageFactory(title="Draftcanary consultation", live=False)
        self.guide = GuidePageFactory(
            title="Published guide", slug="published", document_type="training"
        )
        keep_version(self.guide, timezone.now())
        self.ended = ended_guide("withdrawn", slug="ended")
        self.in_error = ended_guide("error", title="Errorcanary guide")
        self.draft_guide = GuidePageFactory(
            title="Draftcanary guide", live=False, document_type="training"
        )
        keep_version(self.draft_guide, timezone.now())
        self.draft_guide.save_revision()
        self.fact_check = opened(self.draft_guide)
        self.expert = asked(self.fact_check)
        found = {"section": 0, "kind": "incorrect", "wrong": "Draftcanary finding."}
        empty = {"evidence": "", "evidence_url": ""}
        answering.send(expert=self.expert, answers=[{**found, **empty}], may_be_named=True)
        self.finding = self.expert.verdicts.get()
        self.source = SourceFactory()
        self.list_entry = ListEntryFactory(number="4A005")
        self.translation = GuidePageFactory(
            title="Draftcanary translation",
            live=False,
            locale=Locale.objects.create(language_code="fr"),
            translation_key=self.draft_guide.translation_key,
        )
        self.translation.save_revision()
        PageTranslation.objects.create(page=self.translation, original=self.draft_guide)
        self.review = StillTrue.objects.create(
            guide=self.guide, note="Read.", review_due=date(2099, 1, 1)
        )
        self.feedback = Feedback.objects.create(
            guide=self.guide, language="en", day=date(2026, 1, 1), was_useful=False, text="More."
        )
        self.path = path_of(self.guide, title="Published path", slug="published-path")
        self.draft_path = path_of(self.guide, title="Draftcanary path", slug="draft-path")
        self.draft_path.unpublish()
        self.certificate = Certificate.objects.create(
            path=self.path.key, title="Published path", language="en", minutes=60,
            day=date(2026, 1, 1),
        )  # fmt: skip
        self.progress = KeptProgress.objects.create(
            owner=self.author, path=self.path.key, day=date(2026, 1, 1)
        )
        self.mailbox_secret = "s" * 40
        self.owner = Owner.objects.create(
            unit="Desk",
            mailbox="desk@office.example",
            mailbox_secret=hashed(self.mailbox_secret),
        )
        self.asked = UnpublishRequest.objects.create(page=self.consultation, reason="Old.")
        self.document = Document.objects.create(
            title="Form", file=ContentFile(b"1", "form.txt"), file_size=1, file_hash="1"
        )
        ConsultationDocument.objects.create(page=self.consultation, document=self.document)
        self.consultation.save()
        self.change = DocumentChange.objects.create(
            document=self.document, file=ContentFile(b"2", "form.txt"), reason="Newcanary."
        )
        self.organisation = OrganisationFactory(name="Other")
        follow_as_member(page=self.consultation, by=self.author, language="en")
        self.follow = self.author.follows.get()
        self.saved_search = save_search(
            owner=self.author, query="q=end+use", name="Mine", frequency="weekly", language="en"
        ).search

    def browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role == "host":
            client.force_login(UserFactory(organisation=self.host))
        elif role == "superuser":
            client.force_login(UserFactory(is_superuser=True))
        elif role == "member":
            client.force_login(UserFactory())
        elif role != "anonymous":
            client.force_login(UserFactory(role=role))
        return client


@pytest.fixture
def house(site_tree):
    return House()


def addresses(house: House) -> list[tuple[str, set[str]]]:
    """Addresses that read, each with the roles that are shown the page itself (200)."""
    slug, shown, hidden = house.consultation.slug, house.shown.pk, house.hidden.pk
    removed = house.removed.pk
    discussion = f"/en/consultations/{slug}/discussion/"
    return [
        ("/en/", ANYBODY),
        ("/en/resume/", ANYBODY),
        ("/en/search/", ANYBODY),
        ("/en/search/suggestions/?q=cons", ANYBODY),
        ("/feeds/search/", ANYBODY),
        ("/en/glossary/", ANYBODY),
        ("/glossary/terms.csv", ANYBODY),
        ("/en/sources/", ANYBODY),
        ("/en/control-lists/", ANYBODY),
        ("/en/control-lists/4a005/", ANYBODY),
        ("/en/control-lists/concordance.csv", ANYBODY),
        (house.source.get_absolute_url(), ANYBODY),
        (reverse("source_file", args=[house.source.key, "bibtex.bib"]), ANYBODY),
        (reverse("guide_file", args=[house.draft_guide.slug, "bibtex.bib"]), set()),
        (reverse("guide_sources_file", args=[house.draft_guide.slug, "bibtex.bib"]), set()),
        ("/admin/snippets/control_lists/listentry/", WRITERS),
        ("/admin/snippets/control_lists/listentry/add/", WRITERS),
        (f"/admin/snippets/control_lists/listentry/edit/{house.list_entry.pk}/", WRITERS),
        ("/feeds/guides/", ANYBODY),
        (reverse("self_assessment:states"), ANYBODY),
        (reverse("self_assessment:company"), ANYBODY),
        ("/en/guides/take-along/", ANYBODY),
        ("/en/guides/take-along/check/", ANYBODY),
        ("/en/guides/take-along/public-key.pem", ANYBODY),
        ("/en/guides/take-along/verify.py", ANYBODY),
        *((f"/en/made/{'x' * 86}/{more}", set()) for more in ("", "file/", "print/")),
        (reverse("guide_versions", args=[house.guide.slug]), ANYBODY),
        (reverse("guide_version", args=[house.guide.slug, 1]), ANYBODY),
        (reverse("guide_content", args=[house.guide.slug, 1]), ANYBODY),
        (reverse("guide_compare", args=[house.guide.slug]) + "?from=1&to=1", ANYBODY),
        (reverse("ask_to_unpublish", args=[house.guide.pk]), WRITERS),
        (reverse("guide_versions", args=[house.ended.slug]), ANYBODY),
        (house.ended.url, ANYBODY),
        (reverse("guide_versions", args=[house.in_error.slug]), set()),
        (reverse("guide_version", args=[house.in_error.slug, 1]), set()),
        (reverse("guide_content", args=[house.in_error.slug, 1]), set()),
        (reverse("guide_versions", args=[house.draft_guide.slug]), set()),
        (reverse("guide_version", args=[house.draft_guide.slug, 1]), set()),
        (reverse("guide_content", args=[house.draft_guide.slug, 1]), set()),
        (reverse("guide_compare", args=[house.draft_guide.slug]) + "?from=1&to=1", set()),
        (reverse("guide_pdf", args=[house.draft_guide.slug, house.draft_guide.slug]), set()),
        *((reverse(name, args=[house.guide.slug] * 2), ANYBODY) for name in OFFICE),
        *((reverse(name, args=[house.draft_guide.slug] * 2), set()) for name in OFFICE),
        ("/admin/snippets/sources/source/", WRITERS),
        ("/admin/snippets/sources/source/add/", WRITERS),
        ("/admin/reports/source-links/", WRITERS),
        ("/admin/reports/source-links/results/", WRITERS),
        ("/admin/reports/source-links/?export=csv", WRITERS),
        (f"/admin/snippets/sources/source/edit/{house.source.pk}/", WRITERS),
        ("/sitemap.xml", ANYBODY),
        ("/robots.txt", ANYBODY),
        ("/.well-known/security.txt", ANYBODY),
        (house.consultation.url, ANYBODY),
        (discussion, ANYBODY),
        (f"{discussion}reply/{shown}/", ANYBODY),
        (f"{discussion}history/{shown}/", ANYBODY),
        (f"{discussion}history/{hidden}/", MODERATORS),
        (f"/c/{shown}.json", ANYBODY),
        (f"/c/{hidden}.json", ANYBODY),
        (f"{discussion}history/{removed}/", ANYBODY),
        (f"{discussion}history/{hidden}/1/hide/", MODERATORS),
        (f"{discussion}history/{hidden}/1/restore/", MODERATORS),
        (f"{discussion}reply/{removed}/", ANYBODY),
        (f"{discussion}edit/{removed}/", SIGNED_IN),  # whose it was is not kept: it says so alone
        (f"{discussion}hide/{removed}/", MODERATORS),
        (f"{discussion}edit/{shown}/", set()),
        (f"{discussion}edit/{hidden}/", set()),
        (f"{discussion}hide/{shown}/", MODERATORS),
        (f"{discussion}restore/{hidden}/", MODERATORS),
        (f"{discussion}closing/", MODERATORS),
        (f"{discussion}appeals/{house.appeal.pk}/", MODERATORS),
        (reverse("account_appeal", args=[house.hiding.pk]), set()),
        (f"/en/consultations/{house.draft.slug}/", set()),
        (f"/en/consultations/{house.draft.slug}/discussion/", set()),
        (f"/en/guides/{house.draft_guide.slug}/", set()),
        (reverse("account_overview"), SIGNED_IN),
        (reverse("account_profile"), SIGNED_IN),
        (reverse("account_email"), SIGNED_IN),
        (reverse("account_comments"), SIGNED_IN),
        (reverse("account_remove_comment", args=[shown]), set()),
        (reverse("account_delete"), set()),  # to whoever has just proved who they are
        (reverse("account_export"), set()),  # and so is this
        (reverse("mfa_index"), SIGNED_IN),
        (reverse("account_sessions"), SIGNED_IN),
        (reverse("follow_consultation", args=[slug]), ANYBODY),
        (reverse("follow_consultation", args=[house.draft.slug]), set()),
        (reverse("following:index"), SIGNED_IN),
        (reverse("following:stop"), set()),  # to whoever has the link of a mail
        (stop_address(house.follow.pk), ANYBODY),
        (reverse("guides_owner_mailbox"), set()),  # to whoever has the link of a mail
        (f"{reverse('guides_owner_mailbox')}?of={house.mailbox_secret}", ANYBODY),
        ("/admin/snippets/guides/owner/", WRITERS),
        (f"/admin/snippets/guides/owner/edit/{house.owner.pk}/", WRITERS),
        (reverse("still_true", args=[house.guide.pk]), WRITERS),
        (reverse("still_true", args=[house.draft_guide.pk]), set()),
        (reverse("confirm_still_true", args=[house.review.pk]), WRITERS),
        (reverse("saved_searches:index"), SIGNED_IN),
        (reverse("saved_searches:change", args=[house.saved_search.pk]), set()),
        (reverse("saved_searches:delete", args=[house.saved_search.pk]), set()),
        ("/admin/synonyms/", WRITERS),
        ("/admin/searchpicks/", WRITERS),
        ("/admin/reports/missed-searches/", WRITERS),
        ("/admin/reports/missed-searches/?export=csv", WRITERS),
        ("/admin/", STAFF),
        ("/admin/elections/", WRITERS),
        ("/admin/elections/new/", WRITERS),
        ("/admin/consultations/interests/", DECIDE),
        (f"/admin/consultations/{house.consultation.pk}/interest/", DECIDE),
        (f"/admin/consultations/{house.draft.pk}/interest/", WRITERS),
        ("/admin/comments/", MODERATORS),
        ("/admin/comments/results/", MODERATORS),
        (reverse("screen_comment", args=[shown]), MODERATORS),
        ("/admin/appeals/", MODERATORS),
        ("/admin/appeals/results/", MODERATORS),
        ("/admin/comments-to-answer/", {roles.OFFICIAL, "superuser"}),
        ("/admin/comments-to-answer/results/", {roles.OFFICIAL, "superuser"}),
        ("/admin/reports/acts/", PEOPLE_KEEPERS),
        ("/admin/reports/acts/results/", PEOPLE_KEEPERS),
        ("/admin/reports/acts/?export=csv", PEOPLE_KEEPERS),
        (f"/admin/pages/{house.consultation.get_parent().pk}/", WRITERS),
        (f"/admin/pages/{house.draft_guide.get_parent().pk}/", WRITERS),
        (f"/admin/consultations/{house.consultation.pk}/extend/", WRITERS),
        (reverse("ask_to_unpublish", args=[house.consultation.pk]), {roles.EDITOR}),
        (reverse("decide_unpublishing", args=[house.asked.pk]), WRITERS),
        (reverse("document_change", args=[house.change.pk]), WRITERS),
        ("/admin/reports/page-translations/", WRITERS),
        (reverse("page_translations", args=[house.draft_guide.pk]), WRITERS),
        (reverse("page_translations", args=[house.consultation.pk]), set()),
        (reverse("page_translation", args=[house.translation.pk]), WRITERS),
        (reverse("page_translation", args=[house.draft_guide.pk]), set()),
        (reverse("page_translation_file", args=[house.translation.pk]), WRITERS),
        (reverse("proposed_file", args=[house.change.pk]), WRITERS),
        (reverse("wagtaildocs:edit", args=[house.document.pk]), WRITERS),
        (reverse("wagtaildocs:delete", args=[house.document.pk]), set()),
        ("/admin/reports/fact-checks/", WRITERS),
        (reverse("open_fact_check", args=[house.draft_guide.pk]), WRITERS),
        (reverse("fact_check", args=[house.fact_check.pk]), WRITERS),
        (reverse("ask_fact_expert", args=[house.fact_check.pk]), WRITERS),
        (reverse("extend_fact_check", args=[house.fact_check.pk]), WRITERS),
        (reverse("settle_finding", args=[house.fact_check.pk, house.finding.pk]), WRITERS),
        (reverse("check_facts", args=["nobody-s-secret"]), set()),
        ("/admin/reports/guides-due/", WRITERS),
        ("/admin/reports/guides-due/?export=csv", WRITERS),
        ("/admin/organisations/", PEOPLE_KEEPERS),
        ("/admin/organisation_chooser/", STAFF),
        (f"/admin/organisations/edit/{house.organisation.pk}/", PEOPLE_KEEPERS),
        (reverse("verify_organisation", args=[house.organisation.pk]), PEOPLE_KEEPERS),
        ("/admin/states/", PEOPLE_KEEPERS),
        ("/admin/source_tips/", PEOPLE_KEEPERS),
        ("/admin/feedback/", WRITERS),
        (f"/admin/feedback/inspect/{house.feedback.pk}/", WRITERS),
        (f"/admin/feedback/delete/{house.feedback.pk}/", WRITERS),
        ("/admin/feedback/new/", set()),
        (f"/admin/feedback/edit/{house.feedback.pk}/", set()),
        ("/admin/reports/useful/", WRITERS),
        (f"/en/guides/{house.guide.slug}/useful/", ANYBODY),
        (f"/en/guides/{house.draft_guide.slug}/useful/", set()),
        (house.path.url, ANYBODY),
        (f"{house.path.url}modules/{house.guide.slug}/", ANYBODY),
        (f"{house.path.url}certificate/", ANYBODY),
        (f"{house.path.url}progress/", set()),  # leads to the path
        (house.certificate.get_absolute_url(), ANYBODY),
        (reverse("learning:shown", args=["1"]), set()),
        *(
            (f"/en/learning/draft-path/{more}", set())
            for more in ("", "progress/", "certificate/", f"modules/{house.guide.slug}/")
        ),
        (reverse("learning:kept"), SIGNED_IN),
        (reverse("learning:keep"), set()),
        (reverse("learning:forget"), set()),
        ("/admin/reports/learning/", WRITERS),
        ("/en/states/no/source/", ANYBODY),
        ("/admin/reserved_names/", PEOPLE_KEEPERS),
        ("/admin/reserved_names/new/", PEOPLE_KEEPERS),
        ("/admin/users/", PEOPLE_KEEPERS),
        (f"/admin/users/edit/{house.author.pk}/", PEOPLE_KEEPERS),
        (f"/admin/users/history/{house.author.pk}/", PEOPLE_KEEPERS),
        (reverse("end_sessions_of", args=[house.author.pk]), PEOPLE_KEEPERS),
        (f"/admin/users/delete/{house.author.pk}/", PEOPLE_KEEPERS),
        (reverse("invite"), PEOPLE_KEEPERS),
        (reverse("invitations"), PEOPLE_KEEPERS),
        (reverse("factor_resets"), PEOPLE_KEEPERS),
        (reverse("ask_for_reset", args=[house.author.pk]), PEOPLE_KEEPERS),
        (reverse("export_person", args=[house.author.pk]), PEOPLE_KEEPERS),
        ("/admin/reports/staff/", PEOPLE_KEEPERS),
        ("/admin/reports/translations/", WRITERS),
        ("/admin/clearances/", PEOPLE_KEEPERS),
        ("/admin/groups/", {"superuser"}),
        (f"/admin/pages/{house.draft.pk}/edit/", WRITERS),
        (f"/admin/pages/{house.draft_guide.pk}/view_draft/", WRITERS),
        (f"/admin/pages/{house.draft_guide.pk}/edit/preview/", WRITERS),
    ]


def everything_stored() -> dict[str, list]:
    """Every row of ours and of the accounts, to tell whether anything was changed."""
    labels = (
        "stakeholders",
        "calls",
        "discussion",
        "guides",
        "feedback",
        "learning",
        "account",
        "mfa",
        "cms",
    )
    labels += ("wagtaildocs", "curation", "following", "saved_searches", "search", "feedback")
    labels = ("stakeholders", "calls", "discussion", "guides", "learning", "account", "mfa", "cms")
    labels += ("fact_checks", "wagtaildocs", "curation", "following", "saved_searches", "search")
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in labels
    }


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_each_role_reads_what_is_meant_for_it_and_reading_changes_nothing(house, role):
    browser = house.browser(role)
    before = everything_stored()
    wrong = []
    for address, readers in addresses(house):
        answer = browser.get(address)
        status = answer.status_code
        assert ids_that_stand_twice(answer) == [], address
        allowed = {200} if role in readers else {302, 403, 404}
        if status not in allowed:
            wrong.append(f"{address}: {status}")
    assert wrong == []
    assert everything_stored() == before


def writes(house: House) -> list[tuple[str, dict, set[str]]]:
    """POSTs that change something, each with the roles that it is for."""
    discussion = f"/en/consultations/{house.consultation.slug}/discussion/"
    wording = {"body": "Changed.", "language": "en"}
    page = f"/admin/pages/{house.draft_guide.pk}"
    return [
        (f"{discussion}edit/{house.shown.pk}/", wording, set()),
        (f"{discussion}edit/{house.hidden.pk}/", wording, set()),
        (f"{discussion}hide/{house.shown.pk}/", {"reason": "abuse"}, MODERATORS),
        (f"{discussion}restore/{house.hidden.pk}/", {}, MODERATORS),
        (reverse("act_on_comment", args=[house.shown.pk, "hide"]), {"reason": "spam"}, MODERATORS),
        (reverse("act_on_comment", args=[house.hidden.pk, "restore"]), {}, MODERATORS),
        (f"{discussion}history/{house.hidden.pk}/1/hide/", {"reason": "abuse"}, MODERATORS),
        (f"{discussion}history/{house.hidden.pk}/1/restore/", {}, set()),
        (
            f"{discussion}appeals/{house.appeal.pk}/",
            {"decision": "show", "answer": "It fits."},
            MODERATORS,
        ),
        (reverse("account_appeal", args=[house.hiding.pk]), {"text": "Please."}, set()),
        (reverse("account_remove_comment", args=[house.shown.pk]), {}, set()),
        (reverse("following:index"), {"follow": house.follow.pk}, set()),
        (reverse("learning:forget"), {"key": house.path.key}, set()),
        (reverse("learning:keep"), {"path": house.path.slug}, SIGNED_IN),
        (reverse("account_remove_comment", args=[house.removed.pk]), {}, set()),
        (reverse("account_delete"), {}, set()),  # nor without that proof
        ("/admin/reserved_names/new/", {"words": "Guild", "kind": "portal"}, PEOPLE_KEEPERS),
        (f"{discussion}closing/", {"reason": "Heated."}, MODERATORS),
        (f"{discussion}closing/", {"reopen": "1"}, MODERATORS),
        (discussion, {**wording, "official": "on"}, WRITERS | {"host"}),
        (
            f"/admin/consultations/{house.consultation.pk}/extend/",
            {"closes_at": "2099-01-01 10:00", "reason": "More time."},
            WRITERS,
        ),
        (f"/admin/consultations/{house.consultation.pk}/interest/", {"reason": "Mine."}, DECIDE),
        (f"/admin/consultations/{house.draft.pk}/interest/", {"reason": "Mine."}, WRITERS),
        (reverse("ask_to_unpublish", args=[house.draft.pk]), {"reason": "Old."}, set()),
        (
            reverse("ask_to_unpublish", args=[house.guide.pk]),
            {"end": "withdrawn", "reason": "Old."},
            WRITERS,
        ),
        (
            reverse("decide_unpublishing", args=[house.asked.pk]),
            {"decision": "unpublished"},
            WRITERS,
        ),
        (reverse("document_change", args=[house.change.pk]), {"decision": "accepted"}, WRITERS),
        (
            reverse("confirm_still_true", args=[house.review.pk]),
            {"decision": "confirmed"},
            WRITERS,
        ),
        (f"/admin/feedback/delete/{house.feedback.pk}/", {}, WRITERS),
        (
            f"/admin/snippets/guides/owner/edit/{house.owner.pk}/",
            {"unit": "Other", "mailbox": "other@office.example", "language": "en"},
            WRITERS,
        ),
        (reverse("page_translations", args=[house.draft_guide.pk]), {"language": "ru"}, set()),
        (reverse("page_translation", args=[house.translation.pk]), {"title": "X"}, set()),
        (reverse("page_translation_upload", args=[house.translation.pk]), {}, set()),
        (reverse("wagtaildocs:edit", args=[house.document.pk]), {"title": "Other"}, set()),
        (reverse("wagtaildocs:delete", args=[house.document.pk]), {}, set()),
        (reverse("wagtaildocs:delete_multiple", args=[house.document.pk]), {}, set()),
        (f"/admin/bulk/wagtaildocs/document/delete/?id={house.document.pk}", {}, set()),
        (f"/admin/pages/{house.consultation.pk}/unpublish/", {}, PEOPLE_KEEPERS),
        (reverse("verify_organisation", args=[house.organisation.pk]), {}, PEOPLE_KEEPERS),
        ("/admin/clearances/", {"act": "propose", "person": house.author.pk}, PEOPLE_KEEPERS),
        (f"/admin/organisations/delete/{house.organisation.pk}/", {}, PEOPLE_KEEPERS),
        (f"/admin/users/delete/{house.author.pk}/", CERTAIN, PEOPLE_KEEPERS),
        (f"/admin/bulk/stakeholders/user/delete/?id={house.author.pk}", {}, set()),
        (reverse("invite"), INVITED, PEOPLE_KEEPERS),
        (reverse("ask_for_reset", args=[house.author.pk]), CERTAIN, set()),  # has no factor
        (f"/admin/bulk/wagtailcore/page/publish/?id={house.draft_guide.pk}", {}, set()),
        (f"/admin/api/main/pages/{house.draft_guide.pk}/action/publish/", {}, set()),
        (reverse("fact_check", args=[house.fact_check.pk]), {"act": "close"}, WRITERS),
        (
            reverse("fact_check", args=[house.fact_check.pk]),
            {"act": "unname", "expert": house.expert.pk},
            WRITERS,
        ),
        (
            reverse("settle_finding", args=[house.fact_check.pk, house.finding.pk]),
            {"outcome": "changed"},
            WRITERS,
        ),
        (
            reverse("extend_fact_check", args=[house.fact_check.pk]),
            {"deadline": "2099-01-01"},
            WRITERS,
        ),
        (f"{page}/delete/", {}, WRITERS),
    ]


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_what_is_not_for_a_role_changes_nothing(house, role):
    browser = house.browser(role)
    before = everything_stored()
    for address, data, roles_meant in writes(house):
        if role not in roles_meant:
            assert browser.post(address, data).status_code < 500, address
            after = everything_stored()
            assert after == before, address


def test_what_is_not_public_is_found_nowhere(house, client):
    places = [
        "/sitemap.xml",
        "/en/",
        "/en/guides/",
        "/en/consultations/",
        house.consultation.url,
        f"/en/consultations/{house.consultation.slug}/discussion/",
        f"/en/consultations/{house.consultation.slug}/discussion/?order=newest",
        f"/en/consultations/{house.consultation.slug}/discussion/reply/{house.hidden.pk}/",
    ]
    for place in places:
        page = client.get(place).content.decode().lower()
        for secret in ("hiddencanary", "firstcanary", "removedcanary", "draftcanary"):
            assert secret not in page, place
    for word in ("hiddencanary", "firstcanary", "removedcanary", "draftcanary"):
        page = client.get("/en/search/", {"q": word}).content.decode()
        assert "<mark>" not in page
    assert client.get(f"/c/{house.hidden.pk}").status_code == 302


def test_a_restricted_branch_hides_all_that_hangs_on_it(house, client, site_tree):
    guide = GuidePageFactory(title="Branchcanary guide")
    for page in (site_tree.consultations, site_tree.guides):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    discussion = f"/en/consultations/{house.consultation.slug}/discussion/"
    for address in (
        discussion,
        f"{discussion}reply/{house.shown.pk}/",
        f"{discussion}history/{house.shown.pk}/",
        f"/c/{house.shown.pk}",
    ):
        assert client.get(address, follow=True).status_code == 404, address
    assert client.get(guide.url).status_code == 302
    for text in ("plainly", "branchcanary"):
        assert "<mark>" not in client.get("/en/search/", {"q": text}).content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert guide.slug not in sitemap
    assert house.consultation.slug not in sitemap
    member = house.browser("member")
    assert member.post(discussion, {"body": "x", "language": "en"}).status_code == 404
    assert Comment.objects.count() == 4


def test_documents_of_a_private_collection_stay_with_those_who_may(house, client, editor):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = Document.objects.create(
        title="Private", collection=collection, file=ContentFile(b"secret", name="private.txt")
    )
    assert client.get(document.url).status_code == 302
    assert client.get(document.file.url).status_code == 404
    client.force_login(editor)
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"] or "private" in answer["Cache-Control"]


HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}"


def test_markup_that_people_type_is_shown_as_typed(site_tree):
    loud = UserFactory(name=HOSTILE, affiliation=HOSTILE)
    host = OrganisationFactory(name=f"Host {HOSTILE}")
    consultation = ConsultationPageFactory(title=f"T {HOSTILE}", summary=HOSTILE, host=host)
    comment = comment_on(consultation, author=loud, body=f"{HOSTILE} https://a.example/<b>\"'x")
    comment_on(consultation, author=UserFactory(name=HOSTILE, organisation=host), parent=comment)
    SourceFactory(
        key="loud",
        title=HOSTILE,
        short_name=HOSTILE,
        issuer=HOSTILE,
        binds=HOSTILE,
        dated=HOSTILE,
        number=HOSTILE,
        status_note=HOSTILE,
    )
    guide = GuidePageFactory(
        title=f"G {HOSTILE}",
        summary=HOSTILE,
        owner_unit=HOSTILE,
        legal_status=HOSTILE,
        jurisdiction=HOSTILE,
        source_title=HOSTILE,
        text=f"<p>So it is.{cite('loud', HOSTILE)}</p>",
    )
    InstitutionReview.objects.create(
        guide=guide, institution=HOSTILE, reviewed_on=date(2026, 1, 1), address="https://a.example/"
    )
    loud_source, norway = Source.objects.get(key="loud"), State.objects.get(iso2="NO")
    StateUse.objects.create(guide=guide, state=norway, year=2025, what=HOSTILE, source=loud_source)
    SourceLink.objects.create(
        source=loud_source,
        address="https://a.example/",
        failures=3,
        failing_since=date(2026, 1, 1),
        moved_to="https://a.example/<b>",
    )
    own, staff = Client(), Client()
    own.force_login(loud)
    staff.force_login(UserFactory(is_superuser=True))
    discussion = f"/en/consultations/{consultation.slug}/discussion/"
    public = [
        ("/en/", {}),
        (consultation.url, {}),
        (guide.url, {}),
        ("/en/states/no/", {}),
        ("/en/guides/", {"stage": HOSTILE}),
        ("/en/consultations/", {"phase": HOSTILE}),
        (discussion, {}),
        (f"{discussion}reply/{comment.pk}/", {}),
        (f"{discussion}history/{comment.pk}/", {}),
        ("/en/search/", {"q": HOSTILE}),
        ("/en/search/", {"q": "onerror", "kind": HOSTILE}),
        ("/en/states/", {"name": HOSTILE, "status": HOSTILE}),
        ("/en/glossary/", {"q": HOSTILE, "field": HOSTILE}),
        ("/en/sources/", {"q": HOSTILE, "kind": HOSTILE}),
        ("/en/control-lists/", {"number": HOSTILE}),
        ("/en/sources/", {}),
        ("/en/sources/loud/", {}),
        ("/en/accounts/login/", {"next": HOSTILE}),
    ]
    personal = [("/en/accounts/", {}), (f"{discussion}edit/{comment.pk}/", {})]
    admin = ["/admin/comments/", "/admin/users/", "/admin/organisations/", "/admin/"]
    admin.append("/admin/reports/source-links/")
    for browser, wanted in (
        (Client(), public),
        (own, [*public, *personal]),
        (staff, [*public, *((path, {}) for path in admin)]),
    ):
        for path, query in wanted:
            page = browser.get(path, query, follow=True).content.decode()
            assert "<img src=x" not in page, path
            assert "a.example/<b>" not in page, path
            assert ">49<" not in page, path


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nothing_leads_off_the_portal(target, member):
    member.set_password("long-and-unguessable")
    member.save()
    credentials = {"login": member.email, "password": "long-and-unguessable", "next": target}
    answers = [
        Client().post("/en/accounts/login/", credentials),
        Client().get("/admin/login/", {"next": target}),
        Client().get("/en/_util/login/", {"next": target}),
    ]
    own = Client()
    own.force_login(member)
    answers += [
        own.get("/en/accounts/login/", {"next": target}),
        own.post("/en/accounts/logout/", {"next": target}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        place = answer.url.split("?")[0]
        assert place.startswith("/")
        assert "evil" not in place


ADDRESS, AGENT, SOUGHT = "203.0.113.77", "CanaryBrowser/6.6", "soughtcanary"


def test_no_trace_of_a_visitor_is_kept(house, settings, capsys, editor):
    """Every kind of request from a known address and agent; then look wherever it could stand."""
    from portal.settings.logging import configure_logging

    trace = {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_X_FORWARDED_FOR": f"{ADDRESS}, {ADDRESS}",
        "HTTP_USER_AGENT": AGENT,
    }
    root = logging.getLogger()
    kept = root.handlers[:]
    configure_logging(level="INFO", renderer="json")
    try:
        visitor = Client(raise_request_exception=False, **trace)
        visitor.get("/en/search/", {"q": SOUGHT})
        visitor.get("/en/nothing-here/", {"q": SOUGHT})
        visitor.get("/en/", HTTP_HOST="evil.example")
        visitor.post(
            "/en/accounts/signup/",
            {"email": "new@people.example", "name": "N", "submitter_type": "academia"},
        )
        visitor.post("/en/accounts/login/", {"login": "new@people.example", "password": "wrong"})
        visitor.post("/en/accounts/login/", {"login": editor.email})
        visitor.post("/en/accounts/password/reset/", {"email": editor.email})
        Client(enforce_csrf_checks=True, **trace).post("/en/accounts/login/", {"login": "x"})
        visitor.post("/en/accounts/login/", b"junk", content_type="multipart/form-data")
        with pytest.MonkeyPatch.context() as patch:

            def fail(*args):
                raise RuntimeError("broken on purpose")

            patch.setattr("portal.search.results.context", fail)
            assert visitor.get("/en/search/", {"q": SOUGHT}).status_code == 500
        own = Client(**trace)
        own.force_login(house.author)
        discussion = f"/en/consultations/{house.consultation.slug}/discussion/"
        own.post(discussion, {"body": "Said.", "language": "en"})
        prove_again(own)
        own.post("/en/accounts/email/", {"action_add": "", "email": "other@people.example"})
        own.post(
            "/en/accounts/password/set/",
            {"password1": "long-and-unguessable", "password2": "long-and-unguessable"},
        )
        staff = Client(**trace)
        staff.force_login(UserFactory(is_superuser=True))
        staff.post(
            f"/admin/organisations/edit/{house.organisation.pk}/",
            {"name": "Renamed", "submitter_type": "civil-society", "website": "", "state": ""},
        )
        staff.get("/admin/pages/", {"q": SOUGHT})
    finally:
        logged = "".join(capsys.readouterr())
        root.handlers[:] = kept
    assert "request" in logged
    assert "broken on purpose" in logged
    send_due()
    assert len(mail.outbox) >= 3
    places = {
        "log": logged,
        "mail": "".join(str(message.message()) for message in mail.outbox),
        "cache": repr(getattr(cache, "_cache", {})),
        "sessions": repr([dict(c.session) for c in (visitor, own, staff)]),
        "database": repr(
            [
                list(model._base_manager.values())
                for model in apps.get_models(include_auto_created=True)
            ]
        ),
    }
    for place, text in places.items():
        for canary in (ADDRESS, AGENT, SOUGHT):
            assert canary not in text, (place, text[max(0, text.find(canary) - 200) :][:400])
