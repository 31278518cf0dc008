"""What should happen: the decision on a concern, and what is to happen if."""
