"""Signs of life: a reader of many pages says after each of them that it goes on, and whoever waits for it may listen.

So a limit of time can be one for a hang, not one for the whole document: 60 scanned pages take minutes and are read,
a page that never ends is still stopped in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[], None]] = []


def goes_on() -> None:
    """Say that a page is done and the next one has its turn."""
    for listener in _listeners:
        listener()


@contextmanager
def heard_by(listener: Callable[[], None]) -> Iterator[None]:
    """Inside, `listener` is called at every sign."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
