"""Under /<language>/: the policy of screening, and disputing a published response."""

from django.urls import path

from consultations.moderation import dispute_views, views

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
]
