"""Pages of a plan: drawing it up, reading it, who is in it, who does what."""
