"""What the reader says of a file, in the language of whoever gave it. The reader itself speaks English, for its command."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kechuang.core.errors import Refusal
from kechuang.plan.engine.reading.errors import ReadingError

_SPLIT = gettext_noop("Split it, or give its text without pictures.")
_SAVE_AGAIN = gettext_noop("Open it in Word and save it again as .docx.")
# How the reader's sentence begins, what is said instead, and the remedy.
FAULTS = {
    "the file is empty": (
        gettext_noop("The file is empty."),
        gettext_noop("Check that the right file was chosen."),
    ),
    "the file has more": (gettext_noop("The file is too large to be read."), _SPLIT),
    "the text has more": (
        gettext_noop("The text is too long to be read at once."),
        gettext_noop("Split it into parts."),
    ),
    "the bytes are not text": (
        gettext_noop("This is no text: its encoding is none of UTF-8, UTF-16, GB18030 and Big5."),
        gettext_noop("Give a text, HTML, Word or PDF file, or save it as UTF-8."),
    ),
    "the Word file is locked": (
        gettext_noop("The Word file is locked by a password."),
        gettext_noop("Remove the password and try again."),
    ),
    "this is a file of Word 97": (
        gettext_noop("This is a file of Word 97–2003."),
        gettext_noop("Save it as .docx or PDF and try again."),
    ),
    "the Word file is damaged": (gettext_noop("The Word file is damaged."), _SAVE_AGAIN),
    "the archive unpacks": (
        gettext_noop("The file unpacks to more than 200 MB."),
        gettext_noop("Give the document alone."),
    ),
    "the archive is not a Word document": (
        gettext_noop("The archive is no Word document."),
        gettext_noop("Give a .docx, PDF, HTML or text file."),
    ),
    "the PDF is locked": (
        gettext_noop("The PDF is locked by a password."),
        gettext_noop("Save it again without password, or give its text."),
    ),
    "the PDF is damaged": (
        gettext_noop("The PDF is damaged."),
        gettext_noop("Save it again without password, or give its text."),
    ),
    "the PDF holds pictures": (
        gettext_noop("The PDF holds pictures of pages and no text."),
        gettext_noop("Run text recognition (OCR) first."),
    ),
}


def refusal(error: ReadingError) -> Refusal:
    """The reader's error as a refusal in words."""
    for begin, (what, remedy) in FAULTS.items():
        if error.what.startswith(begin):
            return Refusal(f"{error.where}: {_(what)}", field="file", remedy=_(remedy))
    return Refusal(str(error), field="file")


def no_text(name: str) -> Refusal:
    """Bytes that can be decoded and are no text all the same, such as a picture."""
    what, remedy = FAULTS["the bytes are not text"]
    return Refusal(f"{name}: {_(what)}", field="file", remedy=_(remedy))


def warning_in_words(warning: str) -> str:
    known = {
        "published": _("The text bears another date than the one given; the given one is used."),
        "the text bears no date": _(
            "The text bears no date: words such as “this year” stay without a period."
        ),
        "no article": _("No article was found on this page."),
    }
    return next((words for begin, words in known.items() if warning.startswith(begin)), warning)
