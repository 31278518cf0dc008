"""What goes on after a plan has ended, on pages."""
