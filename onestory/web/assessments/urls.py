"""Addresses of the assessments' pages."""

from django.urls import path

from onestory.web.assessments import views

urlpatterns = [
    path("children/<uuid:child_id>/assessments", views.of_child, name="assessments_of_child"),
    path("assessments/<uuid:assessment_id>", views.overview, name="assessment"),
    path("assessments/<uuid:assessment_id>/document", views.on_paper, name="assessment_document"),
    path("assessments/<uuid:assessment_id>/<slug:section>", views.section, name="assessment_section"),
]
