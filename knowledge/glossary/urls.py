from django.urls import path

from knowledge.glossary import views

urlpatterns = [path("", views.index, name="glossary")]
