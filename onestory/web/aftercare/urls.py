"""Addresses of the pages of after-care."""

from django.urls import path

from onestory.web.aftercare.views import aftercare

urlpatterns = [path("aftercare/<uuid:commitment_id>", aftercare, name="aftercare")]
