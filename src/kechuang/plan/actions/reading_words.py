"""What the reader says of a file, in the language of whoever gave it. The reader itself speaks English, for its command."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kechuang.core.errors import Refusal
from kechuang.plan.engine.reading import signatures
from kechuang.plan.engine.reading.errors import ReadingError

_SPLIT = gettext_noop("Split it, or give its text without pictures.")
_GIVE_TEXT = gettext_noop("Give a text, HTML, Word or PDF file.")
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
    signatures.PICTURE: (
        gettext_noop("This is a picture, no document."),
        gettext_noop("Run text recognition (OCR) first."),
    ),
    signatures.SOUND: (gettext_noop("This is sound or film, no document."), _GIVE_TEXT),
    signatures.ARCHIVE: (
        gettext_noop("This is an archive, no document."),
        gettext_noop("Unpack it and give the document."),
    ),
    signatures.PROGRAM: (gettext_noop("This is a program, no document."), _GIVE_TEXT),
    signatures.DATABASE: (gettext_noop("This is a database, no document."), _GIVE_TEXT),
    signatures.FONT: (gettext_noop("This is a font, no document."), _GIVE_TEXT),
    signatures.RICH_TEXT: (
        gettext_noop("This is rich text (RTF)."),
        gettext_noop("Save it as .docx or PDF and try again."),
    ),
    signatures.POSTSCRIPT: (
        gettext_noop("This is PostScript."),
        gettext_noop("Save it as PDF and try again."),
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
        gettext_noop("Save it again, or give its text."),
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


_TWO_DATES = re.compile(r"published (\S+) was given, but the text is dated ([^;]+);")


def date_doubt(given: date, dated: date | None) -> Refusal:
    """The day that was given, where the text bears quite another one."""
    return Refusal(
        _("The text bears the date %(dated)s, not %(given)s.") % {"dated": dated, "given": given},
        field="published_on",
        remedy=_("Correct it, leave it empty, or confirm it."),
    )


def warnings_in_words(note: str) -> list[str]:
    """What the reader warned of, kept as it said it, for whoever reads it now."""
    return [_warning(warning) for warning in note.splitlines()]


def _warning(warning: str) -> str:
    if found := _TWO_DATES.match(warning):
        words = _(
            "The text bears the date %(dated)s, but %(given)s was given; “this year” and the like are counted from the given one."
        )
        return words % {"given": found[1], "dated": found[2]}
    known = {
        "the text bears no date": _(
            "The text bears no date: words such as “this year” stay without a period."
        ),
        "no article": _("No article was found on this page."),
    }
    return next((words for begin, words in known.items() if warning.startswith(begin)), warning)
