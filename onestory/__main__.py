"""`python -m onestory`, the same as `onestory`."""

from onestory.command_line import main

main()
