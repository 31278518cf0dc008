"""The addresses of the information-sharing protocol."""

from django.urls import path

from onestory.web.protocols import views

app_name = "sharing"
urlpatterns = [
    path("", views.protocols, name="protocols"),
    path("agencies/<uuid:agency_id>/new", views.draft, name="draft"),
    path("<uuid:protocol_id>", views.protocol, name="protocol"),
    path("<uuid:protocol_id>/change", views.change, name="change"),
    path("<uuid:protocol_id>/approve", views.approve, name="approve"),
    path("<uuid:protocol_id>/end", views.end, name="end"),
]
