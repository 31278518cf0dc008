"""The tests' provider as its users see it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from onestory.platform.accounts.models import OrganisationSignIn
from tests.integration.accounts.place import agency_called

CLIENT_ID, SECRET = "onestory", "a secret of the tests"
PROCESS = Path(__file__).with_name("provider_process.py")
REFERENCE = "env:ONESTORY_PROVIDER_OF_TESTS"


@dataclass
class Provider:
    """A provider that listens on this machine."""

    port: int

    @property
    def issuer(self) -> str:
        """Its name, which is where it is."""
        return f"http://127.0.0.1:{self.port}"

    def knows(self, subject: str, *, bend: str = "", in_userinfo: bool = False, **claims: Any) -> None:
        """Who is signed in there from now on, and what the provider does wrong."""
        said: dict[str, Any] = {"claims": {"sub": subject, **claims}, "bend": bend, "in_userinfo": in_userinfo}
        assert requests.post(f"{self.issuer}/now", json=said, timeout=10).status_code == 204

    def asked(self) -> list[dict[str, str]]:
        """What it was asked since it last was told who is signed in."""
        return requests.get(f"{self.issuer}/asked", timeout=10).json()

    def row(self, agency: str = "Harbour School", **fields: Any) -> OrganisationSignIn:
        """The row with which an agency's people sign in through it."""
        given = {"issuer": self.issuer, "client_id": CLIENT_ID, "secret_reference": REFERENCE, **fields}
        return OrganisationSignIn.objects.create(agency=agency_called(agency), **given)


def leaves_for(client: Client, row: OrganisationSignIn, next: str = "") -> str:
    """Choose the organisation; the address to which the page sends the browser."""
    page = client.post("/account/organisation", {"organisation": str(row.pk), "next": next})
    assert page.status_code == 200, page.content.decode()
    return _address_in(page.content.decode())


def _address_in(page: str) -> str:
    return unescape(page.split('http-equiv="refresh" content="0; url=', 1)[1].split('"', 1)[0])


def comes_back(client: Client, address: str):
    """Follow the browser to the provider and back; what the program answers."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def signs_in_through(client: Client, row: OrganisationSignIn, next: str = ""):
    """The whole way."""
    return comes_back(client, leaves_for(client, row, next))
