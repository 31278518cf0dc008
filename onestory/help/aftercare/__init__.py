"""What goes on after a plan has ended: kept, missed, drawn back."""
