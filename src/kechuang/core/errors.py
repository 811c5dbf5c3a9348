"""What an action refuses, said so that a person knows how to go on."""

from __future__ import annotations


class Refusal(Exception):
    """The act cannot be done. `message` says what and why, `field` where, `remedy` how to mend it, `url` the place to go.

    Pages turn it into a form error, the API into problem+json with status 422.
    """

    def __init__(self, message: str, *, field: str = "", remedy: str = "", url: str = "") -> None:
        super().__init__(message)
        self.message, self.field, self.remedy, self.url = message, field, remedy, url

    def __str__(self) -> str:
        return f"{self.message}{self.gap}{self.remedy}".strip()

    @property
    def gap(self) -> str:
        """What stands between two sentences: nothing after full-width punctuation."""
        return "" if self.message.endswith(("。", "！", "？")) else " "


class NotPermitted(Exception):
    """The person may not do this act on this object."""

    def __init__(self, verb: str, reason: str = "") -> None:
        super().__init__(reason or f"not permitted: {verb}")
        self.verb = verb
