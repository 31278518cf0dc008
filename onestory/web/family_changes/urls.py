"""The addresses of changes to a family's record."""

from django.urls import path

from onestory.web.family_changes import views

app_name = "family_changes"
urlpatterns = [
    path("children/<uuid:child_id>/family/relationship", views.relationship, name="relationship"),
    path("children/<uuid:child_id>/family/home", views.home, name="home"),
    path("children/<uuid:child_id>/family/people/<uuid:person_id>", views.person, name="person"),
]
