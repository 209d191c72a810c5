"""Under /<language>/: the policy of screening, disputing a response, appealing for one's own."""

from django.urls import path

from consultations.moderation.views import appeals, disputes, policy

app_name = "moderation"
urlpatterns = [
    path("screening-policy/", policy.policy, name="policy"),
    path(
        "consultations/<consultation:slug>/responses/<slug:reference>/dispute/",
        disputes.dispute,
        name="dispute",
    ),
    path(
        "consultations/<consultation:slug>/responses/<slug:reference>/dispute/sent/",
        disputes.dispute_sent,
        name="dispute_sent",
    ),
    path(
        "consultations/<consultation:slug>/respond/status/appeal/",
        appeals.appeal,
        name="appeal",
    ),
    path(
        "consultations/<consultation:slug>/respond/organisation/status/appeal/",
        appeals.appeal,
        {"for_organisation": True},
        name="organisation_appeal",
    ),
]
