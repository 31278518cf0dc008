"""The privacy officer's pages: who looked at what, and why. Nothing of what stood there."""
