"""What waits for somebody: alerts and open promises, the same on every page."""
