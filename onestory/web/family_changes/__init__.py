"""Changing what is on record about a family: relationships, who lives together, a person's sex and death."""
