"""What is done for a child after a decision: for each child by domain, by whom, until when, and how one will know."""
