"""Views of plans, by what they are about."""
