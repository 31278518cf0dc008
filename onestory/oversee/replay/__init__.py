"""Any history, day by day, as it became known: which question would have been asked, when, resting on what."""

from onestory.oversee.replay.walking import Alert, Replay, replay

__all__ = ["Alert", "Replay", "replay"]
