"""The addresses of the privacy officer's pages."""

from django.urls import path

from onestory.web.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("looked-into/<str:why>/<uuid:actor_id>/<str:day>", views.judge, name="judge"),
    path("opened/<uuid:tie_id>", views.reconcile, name="reconcile"),
    path("interests/<uuid:conflict_id>", views.end_interest, name="end_interest"),
    path("decided", views.decided, name="decided"),
    path("asked", views.asked_for, name="asked_for"),
    path("who-looked/<uuid:person_id>", views.who_looked, name="who_looked"),
    path("who-looked/<uuid:person_id>/for-family", views.for_family, name="for_family"),
]
