"""Every address of the program begins here."""

from django.urls import include, path

urlpatterns = [path("", include("onestory.web.urls"))]

handler400 = "onestory.web.problems.bad_request"
handler403 = "onestory.web.problems.forbidden"
handler404 = "onestory.web.problems.not_found"
handler500 = "onestory.web.problems.failed"
