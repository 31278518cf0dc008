"""Asking agencies about a child, and answering."""
