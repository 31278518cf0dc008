from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.platform.accounts.sealing import CannotOpen, seal, unseal


@given(st.text().filter(lambda text: text.isprintable()))
def test_what_is_sealed_can_be_opened_and_does_not_show(text: str) -> None:
    sealed = seal(text, purpose="one")
    assert unseal(sealed, purpose="one") == text
    if len(text) > 8:
        assert text not in sealed


def test_twice_the_same_text_looks_different() -> None:
    assert seal("text", purpose="one") != seal("text", purpose="one")


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "é"])
def test_what_was_never_sealed_cannot_be_opened(sealed: str) -> None:
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="one")


def test_a_seal_is_for_one_purpose_and_one_key(settings) -> None:
    sealed = seal("text", purpose="one")
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="two")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new one"
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="one")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed, purpose="one") == "text"


def test_a_changed_seal_is_noticed() -> None:
    sealed = seal("a longer text", purpose="one")
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(CannotOpen):
        unseal(changed, purpose="one")
