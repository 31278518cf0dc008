"""Young parents and their homes: applications, tenancies, placements and moves."""
