"""An invented partnership: thousands of children over three years at published national rates, the same for a seed."""
