"""Pages that ask for something in a form: the same frame for all of them, one decision a page."""
