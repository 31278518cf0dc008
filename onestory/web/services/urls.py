"""Addresses of the services' pages."""

from django.urls import path

from onestory.web.services.views import directory, maintaining, requests

app_name = "services"
urlpatterns = [
    path("services", directory.services, name="services"),
    path("services/gaps", directory.gaps, name="gaps"),
    path("services/new", maintaining.new_service, name="new_service"),
    path("services/file", maintaining.bring_in, name="bring_in"),
    path("services/<uuid:service_id>", directory.service, name="service"),
    path("services/<uuid:service_id>/change", maintaining.change_service, name="change_service"),
    path("service-requests/<uuid:request_id>", requests.service_request, name="request"),
    path("children/<uuid:child_id>/services", requests.of_child, name="of_child"),
    path("children/<uuid:child_id>/services/ask/<uuid:service_id>", requests.ask_for, name="ask_for"),
    path("children/<uuid:child_id>/services/not-to-be-had", requests.note_gap, name="note_gap"),
]
