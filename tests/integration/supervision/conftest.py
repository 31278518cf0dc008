"""Families and who works with them, as for the pages' tests."""

from __future__ import annotations

from tests.integration.web.conftest import demonstration as demonstration
from tests.integration.web.conftest import families as families
