from django.urls import path

from knowledge.sources import views

urlpatterns = [
    path("", views.index, name="sources"),
    path("<str:key>/", views.source, name="source"),
    path("<str:key>/<str:file>", views.file, name="source_file"),
]
