"""What the reader says when a document cannot be read."""


class ReadingError(Exception):
    """A document that cannot be read: `what` is wrong, `where`, and the `remedy` its owner can take."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what, self.where, self.remedy = what, where, remedy
