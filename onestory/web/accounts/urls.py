"""The addresses of signing in."""

from django.urls import path

from onestory.web.accounts.views import entrance, links, organisations, own, second_proof, setting_up

app_name = "accounts"
urlpatterns = [
    path("", own.own, name="own"),
    path("sign-in", entrance.sign_in, name="sign_in"),
    path("start-again", entrance.start_again, name="start_again"),
    path("stay", own.stay, name="stay"),
    path("second-proof", second_proof.second_proof, name="second_proof"),
    path("confirm", second_proof.confirm, name="confirm"),
    path("set-up", setting_up.choose, name="set_up"),
    path("set-up/app", setting_up.app, name="set_up_app"),
    path("set-up/passkey", setting_up.passkey, name="set_up_passkey"),
    path("recovery-codes", own.recovery_codes, name="recovery_codes"),
    path("passkeys/<int:passkey_id>/remove", own.remove_passkey, name="remove_passkey"),
    path("password", own.password, name="password"),
    path("organisation", organisations.choose, name="organisation"),
    path("organisation/<uuid:sign_in_id>/answer", organisations.answer, name="organisation_answer"),
    path("first-time", links.first_time, name="first_time"),
]
