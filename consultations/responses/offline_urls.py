"""Under respond/ too: forms sent as a file, late answers, the letter that staff print."""

from django.urls import path

from consultations.responses.views import late, paper

urlpatterns = [
    path("upload/", paper.upload, name="upload"),
    path("upload/notes/", paper.put_notes_away, name="put_notes_away"),
    path("late/", late.late, name="late"),
    path("letter/", paper.letter, name="letter"),
]
