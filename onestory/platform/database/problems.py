"""What the launcher says when something is in its way."""


class DatabaseProblem(Exception):
    """The database cannot be started, reached or used; the message says why and what to do about it."""
