"""Reviews, core groups, teams around the family, mapping: who came, what changed, when next."""
