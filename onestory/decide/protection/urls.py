"""The addresses of protection."""

from django.urls import path

from onestory.decide.protection.views import protection

urlpatterns = [path("children/<uuid:child_id>/protection", protection, name="protection")]
