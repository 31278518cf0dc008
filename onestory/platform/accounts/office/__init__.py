"""What an administrator does with accounts and with organisations' providers."""
