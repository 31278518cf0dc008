from __future__ import annotations

import pytest

from onestory.platform.accounts.attempts import ADDRESS, CODE, PASSWORD, key_of, network_of


@pytest.mark.parametrize("spelling", ["ROSA.worker", " rosa.worker", "rosa.worker\u3000", "ｒｏｓａ.worker"])
def test_spellings_of_one_name_count_together(spelling: str) -> None:
    assert key_of(PASSWORD, spelling) == key_of(PASSWORD, "rosa.worker")


def test_names_and_kinds_count_apart() -> None:
    keys = {key_of(tries, name) for tries in (PASSWORD, CODE, ADDRESS) for name in ("rosa", "rosa2", "")}
    assert len(keys) == 9


def test_a_key_cannot_be_made_without_the_programs_own_secret(settings) -> None:
    with_ours = key_of(PASSWORD, "rosa.worker")
    settings.SECRET_KEY = "somebody else's"
    assert key_of(PASSWORD, "rosa.worker") != with_ours
    assert len(with_ours) == 64


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_version_6_address_counts_as_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
