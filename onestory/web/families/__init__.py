"""Families that my work touches, and a list by name."""
