"""Write the pages of docs/ that are generated from the code, or with --check tell which of them are out of date.

A generator is a function without arguments. For a file it returns the text, for a folder a mapping from name to text.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]

GENERATED = {
    "docs/formats/case-history.schema.json": "onestory.arrive.feeds.case_history.schema:schema_text",
    "docs/rules": "onestory.oversee.signals.catalogue:pages",
}


def _pages() -> dict[Path, str]:
    pages: dict[Path, str] = {}
    for place, generator in GENERATED.items():
        module, function = generator.split(":")
        made = getattr(importlib.import_module(module), function)()
        if isinstance(made, Mapping):
            pages |= {HOUSE / place / name: text for name, text in made.items()}
        else:
            pages[HOUSE / place] = made
    return pages


def _left_over(pages: dict[Path, str]) -> list[Path]:
    """Pages in generated folders that nothing generates any more."""
    folders = [HOUSE / place for place in GENERATED if (HOUSE / place).is_dir()]
    return [path for folder in folders for path in folder.rglob("*") if path.is_file() and path not in pages]


def main() -> int:
    """Write or check; the exit code says whether all was current."""
    pages = _pages()
    left_over = _left_over(pages)
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in [*stale, *left_over]:
            print(f"{path.relative_to(HOUSE)} is not current. Run `make docs`.")
        return 1 if stale or left_over else 0
    for path in left_over:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
        print(f"wrote {path.relative_to(HOUSE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
