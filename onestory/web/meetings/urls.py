"""Addresses of the pages of meetings."""

from django.urls import path

from onestory.web.meetings import views

urlpatterns = [
    path("plans/<uuid:plan_id>/meetings/new", views.call, name="call_meeting"),
    path("meetings/<uuid:meeting_id>", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/held", views.hold, name="hold_meeting"),
    path("meetings/<uuid:meeting_id>/apologies", views.apologies, name="meeting_apologies"),
    path("meetings/<uuid:meeting_id>/cancel", views.cancel, name="cancel_meeting"),
]
