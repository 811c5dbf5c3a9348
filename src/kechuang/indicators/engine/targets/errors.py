"""What can be wrong with a target or a series: said with the remedy."""

from __future__ import annotations


class TargetError(ValueError):
    """A target, a path or a series that cannot be used as given; the message says how to mend it."""
