"""The local directory of services, asking for one, attendance and what came of it."""
