"""A row says where a provider's secret is. It must not be able to fetch any other secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.accounts.organisations.finding import secret_for
from onestory.platform.accounts.policies import NotThroughOrganisation

ENVIRONMENT = {
    "ONESTORY_PROVIDER_HARBOUR": "theirs",
    "ONESTORY_SECRET_KEY": "ours",
    "DATABASE_PASSWORD": "ours",
    "ONESTORY_PROVIDER_": "ours",
}


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> None:
    settings.PROVIDER_SECRETS = tmp_path / "provider-secrets"
    settings.PROVIDER_SECRETS.mkdir()
    (settings.PROVIDER_SECRETS / "harbour").write_text("theirs\n")
    (settings.PROVIDER_SECRETS / "empty").write_text("\n")
    (tmp_path / "secret-key").write_text("ours")


def secret(reference: str) -> str:
    return secret_for(OrganisationSignIn(secret_reference=reference), ENVIRONMENT)


@pytest.mark.parametrize("reference", ["env:ONESTORY_PROVIDER_HARBOUR", "file:harbour"])
def test_a_secret_is_found_where_secrets_of_providers_are_kept(reference: str) -> None:
    assert secret(reference) == "theirs"


def test_a_provider_may_need_none() -> None:
    assert secret("") == ""


NOWHERE = [
    "env:ONESTORY_SECRET_KEY",
    "env:DATABASE_PASSWORD",
    "env:ONESTORY_PROVIDER_",
    "env:ONESTORY_PROVIDER_NOBODY",
    "env:ONESTORY_PROVIDER_HARBOUR ",
    "env:ONESTORY_PROVIDER_HARBOUR\n",
    "file:../secret-key",
    "file:..",
    "file:.",
    "file:nobody",
    "file:empty",
    "file:harbour/../../secret-key",
    f"file:{os.sep}etc{os.sep}passwd",
    "theirs",
    "ENV:ONESTORY_PROVIDER_HARBOUR",
]


@pytest.mark.parametrize("reference", NOWHERE)
def test_nothing_else_can_be_fetched(reference: str) -> None:
    with pytest.raises(NotThroughOrganisation):
        secret(reference)
