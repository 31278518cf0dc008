"""What was reported, in whose words; advice that was asked for."""
