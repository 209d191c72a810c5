"""Every address of the portal: cited, so they never move (docs/decisions/0005-addresses.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtail_document_urls

from consultations.calls.feeds import views as feeds
from consultations.discussion.feeds import discussion
from consultations.publication.permalink_urls import in_language as response_permalinks
from consultations.responses.views.resume import resume_everywhere
from knowledge.control_lists.sitemaps import ControlListsSitemap
from knowledge.glossary.sitemaps import GlossarySitemap
from knowledge.guides.versions import feeds as guide_feeds
from knowledge.sources.sitemaps import SourcesSitemap
from knowledge.states.sitemaps import StatesSitemap
from portal import demo_mail, health, well_known
from portal.cms import rate_limits
from portal.cms.library.views import document, picture
from portal.cms.sharing.views import card as sharing_card
from portal.cms.way_out import leave
from portal.languages.easy_words import SlugInWords
from portal.languages.sitemaps import PagesSitemap
from portal.onion import open_web_only
from portal.stakeholders.views import private_login

register_converter(SlugInWords, "consultation")
SITEMAPS = {
    "pages": PagesSitemap,
    "states": StatesSitemap,
    "glossary": GlossarySitemap,
    "sources": SourcesSitemap,
    "control-lists": ControlListsSitemap,
}
handler400 = "portal.unavailable.bad_request"
handler500 = "portal.unavailable.server_error"
urlpatterns = [
    path("admin/", include("portal.stakeholders.admin_urls")),
    path("admin/", include("portal.cms.admin_urls")),
    path("admin/", include(wagtail_admin_urls)),
    # Documents and pictures pass through the portal, which asks whether the reader may have them.
    path("documents/authenticate_with_password/<int:restriction_id>/", rate_limits.of_documents),
    path("documents/<int:document_id>/<path:name>", document),
    path("documents/", include(wagtail_document_urls)),
    path("media/images/<path:name>", picture),
    path("c/", include("consultations.discussion.permalink_urls")),
    path("r/", include("consultations.publication.permalink_urls")),
    path("record/", include("portal.record.urls")),
    path("glossary/", include("knowledge.glossary.permalink_urls")),
    path("feeds/", include("portal.saved_searches.feeds.urls")),
    path("feeds/consultations/", feeds.consultations, name="consultations_feed"),
    path("feeds/consultations/<slug:slug>/", feeds.consultation, name="consultation_feed"),
    path("feeds/consultations/<slug:slug>/discussion/", discussion, name="discussion_feed"),
    path("feeds/guides/", guide_feeds.guides, name="guides_feed"),
    path("robots.txt", well_known.robots, name="robots_txt"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("site.webmanifest", well_known.manifest, name="manifest"),
    path("sitemap.xml", open_web_only(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("demo/mail/", demo_mail.demo_mail, name="demo_mail"),
]
urlpatterns += i18n_patterns(
    # First, as most is asked there: each that stands before is tried before.
    path("consultations/<consultation:slug>/discussion/", include("consultations.discussion.urls")),
    path("consultations/<consultation:slug>/respond/", include("consultations.responses.urls")),
    path("consultations/<consultation:slug>/responses/", include("consultations.publication.urls")),
    path("consultations/<consultation:slug>/follow/", include("consultations.following.urls")),
    path("consultations/<consultation:slug>/", include("consultations.calls.urls")),
    path("exit/", leave, name="exit"),
    path("cards/<int:page_id>.png", sharing_card, name="sharing_card"),
    path("resume/", resume_everywhere, name="resume"),
    path("r/", include(response_permalinks)),
    path("made/", include("portal.made.urls")),
    path("search/", include("portal.search.urls")),
    path("states/", include("knowledge.states.urls")),
    path("glossary/", include("knowledge.glossary.urls")),
    path("sources/", include("knowledge.sources.urls")),
    path("control-lists/", include("knowledge.control_lists.urls")),
    path("guides/", include("knowledge.packs.urls")),
    path("guides/", include("knowledge.feedback.urls")),
    path("guides/", include("knowledge.guides.urls")),
    path("fact-check/", include("knowledge.fact_checks.urls")),
    path("guides/", include("knowledge.guide_files.urls")),
    path("self-assessment/", include("knowledge.self_assessment.urls")),
    path("", include("knowledge.learning.urls")),
    path("", include("consultations.moderation.urls")),
    path("accounts/responses/", include("consultations.responses.account_urls")),
    path("accounts/comments/", include("consultations.discussion.account_urls")),
    path("accounts/follow/", include("consultations.following.account_urls")),
    path("accounts/searches/", include("portal.saved_searches.account_urls")),
    path("accounts/", include("portal.stakeholders.urls")),
    path("accounts/", include("allauth.urls")),
    # Wagtail's own sign-in knows neither the second factor nor limits: it leads to ours.
    path("_util/login/", private_login),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        rate_limits.of_pages,
    ),
    path("", include(wagtail_urls)),
)
