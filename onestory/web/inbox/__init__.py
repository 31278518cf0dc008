"""Notices as people read them: among their work, one by one, and those that they sent."""
