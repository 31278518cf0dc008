"""One promise, and what the team that owes it does about it."""
