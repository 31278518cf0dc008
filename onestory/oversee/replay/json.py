"""A replay as JSON: one item in ``asked`` for every time that a person would have been asked."""

from __future__ import annotations

from typing import Any

from onestory.oversee.replay.walking import Alert, Replay
from onestory.oversee.signals.asking import Ask


def as_plain(replayed: Replay, seconds: float) -> dict[str, Any]:
    """The replay as plain data; ``seconds`` is what the walk took."""
    return {
        "title": replayed.history.title,
        "entries": len(replayed.history.entries),
        "alerts": [_alert(alert) for alert in replayed.alerts],
        "seconds": round(seconds, 4),
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "signal": alert.signal,
        "about": list(alert.about),
        "level": alert.level.name.lower(),
        "asked": [_ask(ask) for ask in alert.asked],
    }


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "date": ask.on.isoformat(),
        "rests_on": list(ask.rests_on),
        "level": ask.level.name.lower(),
        "says": " ".join(reason.says for reason in ask.reasons),
        "consider": " ".join(dict.fromkeys(reason.consider for reason in ask.reasons)),
        "ref": "; ".join(dict.fromkeys(reason.ref for reason in ask.reasons)),
    }
