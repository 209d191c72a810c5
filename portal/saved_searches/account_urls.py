"""Under /<language>/accounts/searches/: the searches that one keeps."""

from django.urls import path

from portal.saved_searches import views

app_name = "saved_searches"
urlpatterns = [
    path("", views.index, name="index"),
    path("save/", views.save, name="save"),
    path("stop/", views.stop, name="stop"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
