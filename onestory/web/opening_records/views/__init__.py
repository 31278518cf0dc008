"""One file for each way of opening or closing."""
