"""Addresses of the inbox's pages."""

from django.urls import path

from onestory.web.inbox import views

urlpatterns = [
    path("notices/sent", views.sent, name="notices_sent"),
    path("notices/<uuid:notice_id>", views.notice, name="notice"),
    path("notices/<uuid:notice_id>/acknowledge", views.acknowledge, name="acknowledge_notice"),
    path("notices/<uuid:notice_id>/try-again", views.try_again, name="try_notice_again"),
    path("away", views.away, name="away"),
]
