from django.urls import path

from knowledge.guides import views
from knowledge.guides.versions import views as versions

urlpatterns = [
    path("owners/mailbox/", views.owner_mailbox, name="guides_owner_mailbox"),
    path("<str:slug>/cite/<str:file>", views.guide_file, name="guide_file"),
    path("<str:slug>/sources/<str:file>", views.sources_file, name="guide_sources_file"),
    path("<str:slug>/versions/", versions.versions, name="guide_versions"),
    path("<str:slug>/versions/compare/", versions.compare, name="guide_compare"),
    path("<str:slug>/versions/<int:number>/", versions.version, name="guide_version"),
    path("<str:slug>/versions/<int:number>.json", versions.content_file, name="guide_content"),
]
