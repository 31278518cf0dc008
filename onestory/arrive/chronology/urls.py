"""Addresses of the chronology."""

from django.urls import path

from onestory.arrive.chronology import views

urlpatterns = [
    path("children/<uuid:child_id>/chronology", views.chronology, name="chronology"),
    path("children/<uuid:child_id>/chronology/picture", views.picture, name="chronology_picture"),
    path("children/<uuid:child_id>/chronology/print", views.on_paper, name="chronology_print"),
]
