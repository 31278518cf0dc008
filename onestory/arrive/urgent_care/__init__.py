"""A child's urgent-care attendance becomes somebody's task the same day (F5.57)."""
