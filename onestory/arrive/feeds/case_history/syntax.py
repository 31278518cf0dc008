"""YAML that cannot be read, in plain words: where it breaks and what usually puts it right."""

from __future__ import annotations

import yaml

from onestory.arrive.feeds.case_history.problems import Problems, quoted

_QUOTE = "quotation marks around a text that holds ': ' or ' #', or begins with a sign such as @, %, &, * or -"
_TAB = ("a tab where the line is indented", "spaces")
_BY_PROBLEM = (
    ("tab character that violates", *_TAB),
    ("mapping values are not allowed", "': ' where no key can stand", f"{_QUOTE}; keys of one level in one column"),
    ("did not find expected ',' or '}'", "no ',' or '}' where one is needed", f"each {{ closed by a }}; {_QUOTE}"),
    ("did not find expected ',' or ']'", "no ',' or ']' where one is needed", f"each [ closed by a ]; {_QUOTE}"),
    ("could not find expected ':'", "a line without the ': ' that a key needs", "key: value"),
    ("did not find expected key", "a line that does not fit the lines above it", "keys of one level in one column"),
    ("did not find expected '-' indicator", "a line that does not fit the list above it", "'- ' in one column"),
    ("did not find expected node content", "no value where one is needed", "a value, or quotation marks around it"),
    ("did not find expected <document start>", "text after the end of the document", "one document in a file"),
    ("unknown escape character", "an unknown escape after \\", "single quotation marks where \\ stands for itself"),
    ("invalid Unicode character escape", "an escape that is no character", "the character itself, in UTF-8"),
    ("duplicate anchor", "an anchor that exists", "each anchor once"),
)


def say_syntax_error(error: yaml.YAMLError, text: str, problems: Problems) -> None:
    """Note where the YAML breaks. There is only ever one such problem: nothing behind it can be read."""
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    line = mark.line + 1 if mark else 0
    what = getattr(error, "problem", None) or type(error).__name__
    if "unexpected end of stream" in what and context:
        problems.add(context.line + 1, "", "a quotation mark that is never closed", "a closing quotation mark")
    elif "cannot start any token" in what and mark:
        problems.add(line, "", *_bad_start(text, mark.line, mark.column))
    else:
        known = ((found, allowed) for part, found, allowed in _BY_PROBLEM if part in what)
        problems.add(line, "", *next(known, (f"YAML that cannot be read ({what})", "YAML 1.2")))


def _bad_start(text: str, line: int, column: int) -> tuple[str, str]:
    lines = text.splitlines()
    char = lines[line][column : column + 1] if line < len(lines) else ""
    if char == "\t":
        return _TAB
    return f"a value that begins with {quoted(char)}", _QUOTE
