"""Questions to agencies about a child: asked for a reason, answered in the program, by a clock."""
