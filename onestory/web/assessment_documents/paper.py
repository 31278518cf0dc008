"""The document on paper: a PDF with its text as text, in a type that has the letters of European names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import fontpkg
from fpdf import FPDF

from onestory.platform.ui.wording import day_words

FAMILY = "Noto Sans"
GREY = (80, 80, 80)
BLACK = (11, 12, 12)


class _Paper(FPDF):
    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.set_margins(20, 18, 20)
        self.set_auto_page_break(True, margin=20)
        self.add_font(FAMILY, "", str(fontpkg.path(FAMILY)))
        self.set_lang("en-GB")
        self.set_title(title)
        self.set_creator("Onestory")
        self.alias_nb_pages()
        self.add_page()

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-14)
        self.set_font(FAMILY, size=8)
        self.set_text_color(*GREY)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def say(self, words: str, size: float = 11, *, grey: bool = False, above: float = 0) -> None:
        """One paragraph."""
        if not words:
            return
        self.ln(above)
        self.set_font(FAMILY, size=size)
        self.set_text_color(*(GREY if grey else BLACK))
        self.multi_cell(0, size * 0.52, words, align="L", new_x="LMARGIN", new_y="NEXT")


def as_paper(
    *,
    title: str,
    recipient: str,
    plain: str,
    lines: Iterable[Mapping[str, Any]],
    left_out: Iterable[str],
    words: Mapping[str, str],
    comments: Iterable[tuple[str, str]],
    given: Any,
) -> bytes:
    """The PDF of one person's document. ``given``: the day on which they were given it."""
    paper = _Paper(title)
    paper.say(title, 20)
    paper.say(f"For {recipient}. Given on {day_words(given)}.", grey=True, above=1)
    paper.say("What it means for you", 15, above=5)
    paper.say(plain, above=1)
    for line in lines:
        _line(paper, line)
    _list(paper, "What is left out, and why", list(left_out))
    _list(paper, "What you said to it", [f"{who}: {said}" for who, said in comments])
    _list(paper, "What words mean", [f"{word}: {means}" for word, means in words.items()])
    paper.say("You can ask for anything here to be explained, and you can say that it is wrong.", above=6)
    return bytes(paper.output())


def _line(paper: _Paper, line: Mapping[str, Any]) -> None:
    if line.get("heading"):
        paper.say(str(line["words"]), 15 if line["heading"] == 2 else 12.5, above=5)
        return
    paper.say(str(line.get("words", "")), 10, grey=True, above=2)
    paper.say(str(line.get("answer", "")))
    if line.get("left_out"):
        paper.say(f"Left out here: {line['left_out']}.", 9, grey=True)
    paper.say(str(line.get("source", "")), 8, grey=True)


def _list(paper: _Paper, heading: str, items: list[str]) -> None:
    if items:
        paper.say(heading, 15, above=5)
        for one in items:
            paper.say(f"–  {one}", above=1)
