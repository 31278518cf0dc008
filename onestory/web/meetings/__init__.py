"""Pages of a meeting: calling it, what one says who cannot come, what came of it."""
