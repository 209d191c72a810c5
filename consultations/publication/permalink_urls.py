"""Under /r/: a response's permanent address, short and without language, for citing."""

from django.urls import path

from consultations.publication import views

urlpatterns = [path("<slug:reference>", views.permalink, name="response_permalink")]
