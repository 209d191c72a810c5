"""
Under /r/: a response's permanent address, short and without language, for citing.

Django leads on to the same under a language (`in_language`) where nothing is found without one.
"""

from django.urls import path

from consultations.publication import views

urlpatterns = [path("<slug:reference>", views.permalink, name="response_permalink")]
in_language = [
    path("<slug:reference>", views.permalink, name="response_permalink_in_language"),
]
