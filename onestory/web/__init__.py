"""Pages that mix stages."""
