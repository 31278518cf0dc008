"""Recording any kind of entry by hand, from a child's page."""
