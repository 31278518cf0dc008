"""The ground that every stage stands on: people, agencies, history, commitments, access."""
