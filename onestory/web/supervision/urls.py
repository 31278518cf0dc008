"""Addresses of supervision's pages."""

from django.urls import path

from onestory.web.supervision import views

app_name = "supervision"
urlpatterns = [
    path("my-team", views.my_team, name="my_team"),
    path("children/<uuid:child_id>/workers", views.workers, name="workers"),
    path("children/<uuid:child_id>/workers/allocate", views.allocate, name="allocate"),
    path("children/<uuid:child_id>/workers/supervision", views.supervise, name="supervise"),
    path("children/<uuid:child_id>/workers/<uuid:allocation_id>/end", views.end, name="end"),
]
