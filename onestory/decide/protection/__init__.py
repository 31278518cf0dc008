"""When a child may be at risk of significant harm: strategy discussion, enquiry, conference."""
