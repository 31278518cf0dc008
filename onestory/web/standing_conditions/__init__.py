"""Standing conditions of a child: set by people, ended by people."""
