"""A manager's families, who works for a child, and supervision."""
