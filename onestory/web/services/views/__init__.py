"""The pages, by whose they are."""
