"""The weights by which records are compared: what a bulk linking taught, where the partnership adopted it."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from onestory.arrive.matching.comparing.weights import Weights, expected_weights
from onestory.arrive.matching.models import TaughtWeights

_expected = lru_cache(maxsize=1)(expected_weights)


def weights_in_force() -> Weights:
    """The weights adopted last; those that hold before any file is seen where none were."""
    newest = TaughtWeights.objects.order_by("-adopted_at", "-id").values_list("id", flat=True).first()
    return _taught(newest) if newest else _expected()


@lru_cache(maxsize=4)
def _taught(identity: UUID) -> Weights:
    """Rows are never changed, so that a table once read stays true."""
    return Weights.from_json(TaughtWeights.objects.get(id=identity).table)
