"""Demonstration mode: invented families, and sign-in by choosing a role. Never anywhere near real ones."""
