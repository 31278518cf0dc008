"""What is laid down for notices fits together: roles that are, clocks that run, steps that lead somewhere."""

from __future__ import annotations

from onestory.platform.access.roles import ROLES
from onestory.platform.deadlines import clock
from onestory.platform.notices.kinds import kinds, manager_roles


def test_every_manager_is_a_role_that_somebody_can_have() -> None:
    assert frozenset().union(*manager_roles().values()) <= ROLES.keys()


def test_every_clock_of_a_kind_runs() -> None:
    for kind in kinds().values():
        for code in (kind.acknowledge, kind.escalates):
            assert not code or clock(code).amount > 0, kind.code
