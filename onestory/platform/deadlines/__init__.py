"""Clocks that run in working days."""
