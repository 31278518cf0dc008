"""Signing in to the demonstration, and signing out."""
