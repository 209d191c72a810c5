"""What can be taken away, under /<language>/consultations/<slug>/."""

from django.urls import path

from consultations.calls import views

app_name = "calls"
urlpatterns = [
    path("form/", views.form, name="form"),
    path("form.pdf", views.form_pdf, name="form_pdf"),
    path("deadline.ics", views.calendar, name="calendar"),
    path("form.txt", views.form_text, name="form_text"),
]
