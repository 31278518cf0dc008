"""Long lists in pages."""

from __future__ import annotations

from onestory.platform.ui.results import fill_pages, results


def test_a_page_is_filled_and_no_group_is_torn():
    groups = [(3, "a"), (3, "b"), (9, "c"), (1, "d")]
    assert fill_pages(groups, 5) == [["a", "b"], ["c"], ["d"]]
    assert fill_pages([], 5) == [[]]


def test_addresses_keep_the_filters_and_the_first_page_has_the_plain_one():
    page = results([["a"], ["b"], ["c"]], 2, "/list", {"kind": "visit"})
    assert (page.groups, page.before, page.after) == (("b",), "/list?kind=visit", "/list?kind=visit&page=3")
    assert [(link.words, link.here) for link in page.links] == [("1", False), ("2", True), ("3", False)]


def test_beyond_the_ends_is_the_end():
    assert results([["a"], ["b"]], 99, "/list", {}).page == 2
    assert results([["a"], ["b"]], -1, "/list", {}).page == 1
    assert (results([["a"]], 1, "/list", {}).before, results([["a"]], 1, "/list", {}).after) == ("", "")
