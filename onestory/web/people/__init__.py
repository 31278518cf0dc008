"""Finding a person, comparing two records, joining people and taking it back."""
