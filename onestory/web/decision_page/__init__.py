"""The page on which a decision is taken with everything known in view."""
