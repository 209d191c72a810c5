from django.urls import path

from knowledge.guides import views

urlpatterns = [
    path("owners/mailbox/", views.owner_mailbox, name="guides_owner_mailbox"),
    path("<str:slug>/cite/<str:file>", views.guide_file, name="guide_file"),
    path("<str:slug>/sources/<str:file>", views.sources_file, name="guide_sources_file"),
]
