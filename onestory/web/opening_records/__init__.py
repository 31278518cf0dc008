"""Opening a record in an emergency, and closing one: interests, seals, protected locations, what a source shares."""
