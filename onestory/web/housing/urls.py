"""Addresses of housing's pages."""

from django.urls import path

from onestory.web.housing import views

app_name = "housing"
urlpatterns = [
    path("housing", views.housing, name="housing"),
    path("children/<uuid:child_id>/housing", views.of_child, name="of_child"),
    path("children/<uuid:child_id>/housing/record", views.record_home, name="record"),
    path("children/<uuid:child_id>/housing/moved", views.moved, name="moved"),
    path("children/<uuid:child_id>/housing/moves/<uuid:entry_id>/hand-over", views.hand_over, name="hand_over"),
]
