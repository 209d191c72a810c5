from django.urls import path

from knowledge.feedback import views

urlpatterns = [path("<str:slug>/useful/", views.useful, name="guide_useful")]
