"""Addresses of the documents that people of the family are given."""

from django.urls import path

from onestory.web.assessment_documents import views

OF = "assessments/<uuid:assessment_id>/given"
urlpatterns = [
    path(OF, views.choose, name="assessment_given"),
    path(f"{OF}/for/<uuid:record_id>", views.prepare, name="assessment_prepare"),
    path(f"{OF}/<uuid:document_id>", views.given, name="assessment_given_one"),
    path(f"{OF}/<uuid:document_id>.pdf", views.as_pdf, name="assessment_given_pdf"),
]
