from django.urls import path

from knowledge.guide_files import views

urlpatterns = [
    path("<slug:slug>/<slug:name>.pdf", views.guide_pdf, name="guide_pdf"),
]
