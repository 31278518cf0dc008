"""Clocks that run in working days and hours, weeks and months; how long each runs is data."""

from onestory.platform.deadlines.clocks import Clock, UnknownClock, clock, due_at, due_on
from onestory.platform.deadlines.working_days import after_working_days, is_working_day, working_days_between
from onestory.platform.deadlines.working_hours import OFFICE, after_working_hours

__all__ = [
    "OFFICE",
    "Clock",
    "UnknownClock",
    "after_working_days",
    "after_working_hours",
    "clock",
    "due_at",
    "due_on",
    "is_working_day",
    "working_days_between",
]
