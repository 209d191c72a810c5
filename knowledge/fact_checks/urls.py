"""The page of an expert, at an address that holds a secret."""

from django.urls import path

from knowledge.fact_checks.views import check_facts

urlpatterns = [path("<str:secret>/", check_facts, name="check_facts")]
