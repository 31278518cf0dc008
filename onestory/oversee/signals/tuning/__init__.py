"""Parameters, levels and owners of rules as a partnership has set them."""
