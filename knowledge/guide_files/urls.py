from django.urls import path

from knowledge.guide_files import views
from knowledge.guide_files.formats import FORMATS

urlpatterns = [
    path("<slug:slug>/<slug:name>.pdf", views.guide_pdf, name="guide_pdf"),
    *(
        path(
            f"<slug:slug>/<slug:name>.{ending}",
            views.guide_office,
            {"ending": ending},
            name=f"guide_{ending}",
        )
        for ending in FORMATS
    ),
]
