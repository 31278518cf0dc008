"""Who works for a child, what has been left undone for longest, and supervision."""
