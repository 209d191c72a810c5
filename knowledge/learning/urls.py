"""Below the learning page: quizzes, progress and certificates; paths themselves are pages."""

from django.urls import path

from knowledge.learning import views

app_name = "learning"
urlpatterns = [
    path("learning/certificates/<str:number>/", views.shown, name="shown"),
    path("learning/<str:slug>/progress/", views.progress, name="progress"),
    path("learning/<str:slug>/certificate/", views.certificate, name="certificate"),
    path("learning/<str:slug>/modules/<str:guide>/", views.module, name="module"),
    path("accounts/learning/", views.kept, name="kept"),
    path("accounts/learning/keep/", views.keep, name="keep"),
    path("accounts/learning/forget/", views.forget, name="forget"),
]
