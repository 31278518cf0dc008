"""The addresses of telling of a child."""

from django.urls import path

from onestory.arrive.concerns import views

app_name = "concerns"
urlpatterns = [
    path("tell", views.tell, name="tell"),
    path("tell/received/<str:token>", views.told, name="told"),
    path("tell/<str:form>", views.tell, name="tell_form"),
    path("concerns/start", views.start, name="start"),
    path("concerns/begin/<str:form>", views.begin, name="begin"),
    path("concerns/write/<str:form>/<uuid:draft_id>", views.write, name="write"),
    path("concerns/check/<uuid:draft_id>", views.check, name="check"),
    path("concerns/discard/<uuid:draft_id>", views.discard, name="discard"),
    path("concerns/receipt/<uuid:concern_id>", views.receipt, name="receipt"),
]
