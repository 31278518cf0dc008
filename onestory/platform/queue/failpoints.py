"""Named places at which a test lets a process die, to see that nothing is lost there.

``settings.FAILPOINT`` names one. Only the tests' settings ever do; anywhere else it is empty and this does nothing.
"""

from __future__ import annotations

import os
import signal

from django.conf import settings

NAMES = frozenset(
    {
        "write",  # domain rows are written, nothing is committed
        "queue",  # the work is queued too, nothing is committed
        "delivery",  # the notice is delivered, that is not committed
        "letter posted",  # the mail server has the letter, that is not committed
        "acknowledgement",  # it is acknowledged, that is not committed
    }
)


def reach(name: str) -> None:
    """Die here, as if the power had gone, where a test asks for it. Raises KeyError for a name that is none."""
    if name not in NAMES:
        raise KeyError(name)
    if name == settings.FAILPOINT:
        os.kill(os.getpid(), signal.SIGKILL)
