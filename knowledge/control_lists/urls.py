from django.urls import path

from knowledge.control_lists import views

urlpatterns = [
    path("", views.index, name="control_lists"),
    path("concordance.csv", views.concordance, name="concordance"),
    path("<str:key>/", views.entry, name="control_list_entry"),
]
