"""Reading extracts, row by row, with a mapping that says what each column means. Pure: no database."""

from onestory.arrive.feeds.extracts.mapping import Mapping, MappingProblems, read_mapping
from onestory.arrive.feeds.extracts.problems import ExtractProblems, Problems
from onestory.arrive.feeds.extracts.reading import Extract, read_extract
from onestory.arrive.feeds.extracts.rows import ExtractRow, PersonInRow

__all__ = [
    "Extract",
    "ExtractProblems",
    "ExtractRow",
    "Mapping",
    "MappingProblems",
    "PersonInRow",
    "Problems",
    "read_extract",
    "read_mapping",
]
