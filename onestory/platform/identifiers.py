"""Identifiers of our own rows."""

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """A time-ordered UUID (version 7): rows written one after another lie together, and no count can be read off."""
    return UUID(int=uuid6.uuid7().int)
