from django.urls import path

from knowledge.packs import views

urlpatterns = [
    path("take-along/", views.take_along, name="take_along"),
    path("take-along/check/", views.check, name="check_pack"),
    path("take-along/public-key.pem", views.public_key, name="pack_key"),
    path("take-along/verify.py", views.verifier, name="pack_verifier"),
]
