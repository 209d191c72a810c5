from django.urls import path

from portal.made import views

app_name = "made"
urlpatterns = [
    path("<str:token>/", views.show, name="show"),
    path("<str:token>/file/", views.download, name="download"),
    path("<str:token>/print/", views.printed, name="print"),
]
