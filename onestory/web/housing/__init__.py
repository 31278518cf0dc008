"""Young families' homes and moves."""
