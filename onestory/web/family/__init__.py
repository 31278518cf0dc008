"""The page about a child: who is in this life, who is involved, what is promised and open."""
