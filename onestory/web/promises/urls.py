"""Addresses of the promises' pages."""

from django.urls import path

from onestory.web.promises import views

urlpatterns = [path("commitments/<uuid:commitment_id>", views.promise, name="promise")]
