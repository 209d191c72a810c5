from django.urls import path

from knowledge.self_assessment.criteria import COMPANIES, STATES
from knowledge.self_assessment.views import assess

app_name = "self_assessment"
urlpatterns = [
    path("", assess, {"about": STATES}, name="states"),
    path("company/", assess, {"about": COMPANIES}, name="company"),
]
