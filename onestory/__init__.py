"""Onestory: no concern is seen alone."""
