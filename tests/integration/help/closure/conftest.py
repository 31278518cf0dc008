"""Who may see what of it is tried as the application; what the program does by itself as the keeper."""
