from __future__ import annotations

import pytest

from onestory.platform.accounts.policies import same_address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("rosa@harbour.example", "rosa@harbour.example", True),
        ("Rosa@Harbour.example", "rosa@harbour.EXAMPLE", True),
        ("rösa@harbour.example", "rösa@harbour.example", True),
        ("rösa@harbour.example", "RÖSA@harbour.example", False),
        ("mike@harbour.example", "mi\u212ae@harbour.example", False),  # the sign for kelvin, a k in lower case
        ("mike@harbour.example", "m\u0131ke@harbour.example", False),  # an i without dot, an I in upper case
        ("rosa@harbour.example", "rosa@harbour.example ", False),
        ("", "", False),
    ],
)
def test_two_addresses_are_one_only_when_their_plain_letters_say_so(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same
