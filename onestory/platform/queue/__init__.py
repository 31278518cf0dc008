"""Work that is done outside a request: queued in the caller's transaction, done at least once, never lost."""
