"""Against the vectors that RFC 6238 prints (appendix B; their last six digits)."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.platform.accounts.one_time_codes import code_of, counter_at, counter_of, plain

SECRET = base64.b32encode(b"12345678901234567890").decode()
PRINTED = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


@pytest.mark.parametrize(("seconds", "printed"), PRINTED)
def test_codes_are_those_of_the_standard(seconds: int, printed: str) -> None:
    assert code_of(SECRET, counter_at(moment(seconds))) == printed[-6:]
    assert counter_of(SECRET, printed[-6:], moment(seconds)) == seconds // 30


@given(seconds=st.integers(10**9, 4 * 10**9), off=st.integers(-10, 10))
def test_the_code_before_and_the_code_after_count_and_no_other(seconds: int, off: int) -> None:
    now = counter_at(moment(seconds))
    near = [code_of(SECRET, now + one) for one in (-1, 0, 1)]
    typed = code_of(SECRET, now + off)
    found = counter_of(SECRET, typed, moment(seconds))
    assert (found is not None) is (typed in near)
    if found is not None:
        assert code_of(SECRET, found) == typed


@pytest.mark.parametrize("typed", ["287082", " 287 082 ", "287-082", "28 70 82"])
def test_digits_may_be_grouped(typed: str) -> None:
    assert counter_of(SECRET, typed, moment(59)) == 1


@given(st.text())
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    assert counter_of(SECRET, typed, moment(59)) in (None, 0, 1, 2)
    assert not set(plain(typed)) & set(" \t\n-")
