"""The pages of the information-sharing protocol."""
