"""Under /<language>/consultations/<slug>/responses/."""

from django.urls import path

from consultations.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.index, name="index"),
    path("rules/", views.rules, name="rules"),
    path("export.<slug:form>", views.export, name="export"),
    path("<slug:reference>/", views.response, name="response"),
    path("<slug:reference>/record.json", views.as_recorded, name="as_recorded"),
    path("<slug:reference>/attachments/<int:number>", views.attachment, name="attachment"),
]
