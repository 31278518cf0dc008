"""The addresses of the pages."""

from django.urls import include, path

from onestory.web.decision_page.views import decision, known
from onestory.web.duty_queue.views import duty_queue
from onestory.web.families.views import families
from onestory.web.family.views import family
from onestory.web.my_work.views import my_work
from onestory.web.signing_in.views import sign_in, sign_out, work_as
from onestory.web.standing_conditions.views import standing_conditions

urlpatterns = [
    path("", my_work, name="my_work"),
    path("sign-in", sign_in, name="sign_in"),
    path("sign-out", sign_out, name="sign_out"),
    path("work-as", work_as, name="work_as"),
    path("account/", include("onestory.web.accounts.urls")),
    path("administration/", include("onestory.web.administration.urls")),
    path("privacy/", include("onestory.web.privacy.urls")),
    path("records/", include("onestory.web.opening_records.urls")),
    path("tuning/", include("onestory.web.tuning.urls")),
    path("tools/", include("onestory.web.tools.urls")),
    path("sharing/", include("onestory.web.protocols.urls")),
    path("", include("onestory.web.inbox.urls")),
    path("", include("onestory.web.checks.urls")),
    path("", include("onestory.web.promises.urls")),
    path("", include("onestory.web.closure.urls")),
    path("", include("onestory.web.aftercare.urls")),
    path("families", families, name="families"),
    path("", include("onestory.web.people.urls")),
    path("children/<uuid:child_id>", family, name="family"),
    path("children/<uuid:child_id>/known", known, name="known"),
    path("", include("onestory.web.family_changes.urls")),
    path("", include("onestory.web.entries.urls")),
    path("", include("onestory.web.assessment_documents.urls")),
    path("", include("onestory.web.assessments.urls")),
    path("", include("onestory.web.services.urls")),
    path("", include("onestory.web.housing.urls")),
    path("", include("onestory.web.supervision.urls")),
    path("", include("onestory.web.plans.urls")),
    path("", include("onestory.web.meetings.urls")),
    path("feeds/", include("onestory.web.feeds.urls")),
    path("concerns/<uuid:concern_id>", decision, name="decision"),
    path("duty", duty_queue, name="duty_queue"),
    path("children/<uuid:child_id>/conditions", standing_conditions, name="standing_conditions"),
    path("", include("onestory.arrive.chronology.urls")),
    path("", include("onestory.arrive.concerns.urls")),
    path("", include("onestory.decide.protection.urls")),
    path("", include("onestory.oversee.signals.urls")),
]
