"""Every address of the program begins here."""

from django.urls import include, path

urlpatterns = [path("", include("onestory.web.urls"))]
