"""Case history files, format 1: reading, checking, writing. Pure Python; see docs/guides/case-history-files.md."""

from onestory.arrive.feeds.case_history.case_file import CaseFile, ExpectedPoint
from onestory.arrive.feeds.case_history.problems import CaseFileProblems, Problem
from onestory.arrive.feeds.case_history.reading import read_case_histories, read_case_history
from onestory.arrive.feeds.case_history.writing import write_case_history

__all__ = [
    "CaseFile",
    "CaseFileProblems",
    "ExpectedPoint",
    "Problem",
    "read_case_histories",
    "read_case_history",
    "write_case_history",
]
