"""Signing in: passwords, second factors, sign-in through an organisation, and how long a session lasts."""
