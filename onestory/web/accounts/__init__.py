"""The pages of signing in, and everybody's own page about how they do."""
