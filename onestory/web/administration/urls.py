"""The addresses of administration."""

from django.urls import path

from onestory.web.administration.views import agencies, people, providers

app_name = "administration"
urlpatterns = [
    path("", agencies.agencies, name="agencies"),
    path("agencies/new", agencies.new_agency, name="new_agency"),
    path("agencies/<uuid:agency_id>", agencies.agency, name="agency"),
    path("agencies/<uuid:agency_id>/teams/new", agencies.new_team, name="new_team"),
    path("agencies/<uuid:agency_id>/sign-in/new", providers.new_provider, name="new_provider"),
    path("sign-in/<uuid:sign_in_id>", providers.change_provider, name="change_provider"),
    path("sign-in/<uuid:sign_in_id>/open", providers.open_provider, name="open_provider"),
    path("sign-in/<uuid:sign_in_id>/shut", providers.shut_provider, name="shut_provider"),
    path("teams/<uuid:team_id>", agencies.team, name="team"),
    path("teams/<uuid:team_id>/change", agencies.change_team, name="change_team"),
    path("teams/<uuid:team_id>/invite", people.invite, name="invite"),
    path("people", people.people, name="people"),
    path("people/<uuid:user_id>", people.person, name="person"),
    path("people/<uuid:user_id>/link", people.link, name="link"),
    path("people/<uuid:user_id>/link/made", people.link_made, name="link_made"),
    path("posts/<uuid:post_id>/role", people.role, name="role"),
    path("posts/<uuid:post_id>/end", people.end, name="end"),
    path("roles", people.roles, name="roles"),
    path("changes", people.changes, name="changes"),
]
