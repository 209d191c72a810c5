"""The record's addresses: without language, since machines and other people's notes hold them."""

from django.urls import path

from portal.record import views
from portal.record.verification import views as verification_views

app_name = "record"
urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", verification_views.verify, name="verify"),
    path("verify.py", views.script, name="script"),
    path("leaves.jsonl", views.leaves, name="leaves"),
    path("checkpoints.json", views.checkpoints, name="checkpoints"),
    path("consistency", views.consistency, name="consistency"),
    path("FORMAT.txt", views.formats, name="formats"),
    path("proof/<str:leaf>.json", views.proof, name="proof"),
    path("<int:index>/", views.entry, name="entry"),
    path("<int:index>/receipt.json", views.entry_receipt, name="receipt"),
]
