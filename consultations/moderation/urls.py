"""Under /<language>/: the policy of screening, disputing a response, appealing for one's own."""

from django.urls import path

from consultations.moderation import appeal_views, dispute_views, views

app_name = "moderation"
urlpatterns = [
    path("screening-policy/", views.policy, name="policy"),
    path(
        "consultations/<slug:slug>/responses/<slug:reference>/dispute/",
        views.dispute,
        name="dispute",
    ),
    path(
        "consultations/<slug:slug>/responses/<slug:reference>/dispute/sent/",
        dispute_views.dispute_sent,
        name="dispute_sent",
    ),
    path(
        "consultations/<slug:slug>/respond/status/appeal/",
        appeal_views.appeal,
        name="appeal",
    ),
    path(
        "consultations/<slug:slug>/respond/organisation/status/appeal/",
        appeal_views.appeal,
        {"for_organisation": True},
        name="organisation_appeal",
    ),
]
