"""Addresses without a language: a file is the same in all of them."""

from django.urls import path

from knowledge.glossary import views

urlpatterns = [path("terms.<slug:form>", views.file, name="glossary_file")]
