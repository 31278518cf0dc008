"""One file for each step of signing in."""
