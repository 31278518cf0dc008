"""`onestory …`: one file for each command, loaded only when it is called, so that `onestory replay` needs no Django."""

from __future__ import annotations

import sys

from onestory.command_line.errors import exit_code_and_words
from onestory.command_line.group import onestory


def main() -> None:
    """Run the command line. Whatever goes wrong is said in plain sentences, with exit code 2."""
    try:
        code = onestory.main(prog_name="onestory", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        code, words = exit_code_and_words(error)
        if words:
            print(words, file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)
