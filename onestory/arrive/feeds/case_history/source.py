"""From a path to text: size, encoding and characters, checked before anything is parsed."""

from __future__ import annotations

import re
from pathlib import Path

from onestory.arrive.feeds.case_history.problems import Problems

LARGEST_FILE = 20_000_000
"""Bytes. A family's whole history is far below it; an export of a whole register is not a case history."""

_UTF8 = "text in UTF-8"
# Line and paragraph separators are refused with the control characters: editors and parsers disagree on whether
# they end a line, and then the line numbers would lie.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read_source(path: Path, problems: Problems) -> str | None:
    """The file's text, or None when it cannot be read; then the reason is among the problems."""
    data = _read_bytes(path, problems)
    return None if data is None else decode(data, problems)


def _read_bytes(path: Path, problems: Problems) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        problems.add(0, "", f"no file that can be read ({reason})", "the path of a case history file")
        return None
    if len(data) > LARGEST_FILE:
        problems.add(
            0, "", "more than 20 MB", "one family's history, at most 20 MB; split a register into one file per family"
        )
        return None
    return data


def decode(data: bytes, problems: Problems) -> str | None:
    """Bytes as text in UTF-8, with or without a byte order mark; None when they are something else."""
    for mark, name in _OTHER_ENCODINGS:
        if data.startswith(mark):
            problems.add(1, "", f"text in {name}", f"{_UTF8}; save the file again with that encoding")
            return None
    if b"\x00" in data[:4]:
        problems.add(1, "", "NUL characters (the file looks like UTF-16 or UTF-32)", _UTF8)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        found = f"the byte 0x{byte:02X}, which is not UTF-8 (the file looks like Windows-1252 or Latin-1)"
        problems.add(line, "", found, f"{_UTF8}; save the file again with that encoding")
        return None
    return text if _only_text(text, problems) else None


def _only_text(text: str, problems: Problems) -> bool:
    for match in _CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        problems.add(line, "", f"the control character {named(match[0])}", "letters, spaces, tabs and line ends")
        return False
    return True


def named(char: str) -> str:
    """A character that cannot be shown, by its number: ``U+0007``."""
    return f"U+{ord(char):04X}"


def control_character(text: str, *, several_lines: bool) -> str | None:
    """The first control character of a value (escapes such as ``\\x07`` put them there), None where there is none."""
    if text.isprintable():
        return None
    found = _CONTROL.search(text) or (None if several_lines else re.search("[\t\n\r]", text)) or re.search("\r", text)
    return found[0] if found else None
