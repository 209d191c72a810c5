from django.urls import path

from knowledge.states import views

urlpatterns = [
    path("", views.states, name="states"),
    path("<slug:code>/", views.state, name="state"),
    path("<slug:code>/source/", views.source, name="state_source"),
]
