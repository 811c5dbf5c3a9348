"""The record page: what it is, how it stands, what this person may do now, evidence, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kechuang.core import kinds
from kechuang.core.acts import may
from kechuang.core.kernel import State


@dataclass(frozen=True)
class Act:
    """A button. `verb` (with `obj`) hides it from whoever may not; `post` sends at once, without a dialogue."""

    label: str
    url: str
    verb: str = ""
    obj: Any = None
    primary: bool = False
    danger: bool = False
    post: bool = False

    @property
    def css(self) -> str:
        return "primary" if self.primary else "danger" if self.danger else ""


def permitted(acts: Iterable[Act], person) -> list[Act]:
    """The acts this person may do."""
    return [act for act in acts if not act.verb or may(person, act.verb, act.obj)]


def linked(obj: Any) -> str:
    """A record's name, leading to its page where it has one."""
    address = kinds.address(obj)
    return format_html('<a href="{}">{}</a>', address, obj) if address else str(obj)


def ask_about(obj: Model) -> Act:
    """The button that sends a request about the record to the desk."""
    address = f"{reverse('core:request_add')}?about={kinds.kind_of(obj)}:{obj.pk}"
    return Act(_("Send a request about this"), address, verb="core.open_request")


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: what, when, from whom, where it opens."""

    title: str
    url: str = ""
    day: date | None = None
    source: str = ""
    synthetic: bool = False


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline."""

    at: date | datetime
    title: str
    detail: str = ""
    who: str = ""
    url: str = ""
    state: State | str = ""


@dataclass
class Record:
    """Everything `core/record.html` shows. Facts are (label, value) pairs; a value may be HTML or a Figure."""

    title: str
    kind: str = ""
    state: State | str = ""
    state_words: str = ""
    summary: str = ""
    synthetic: bool = False
    acts: Sequence[Act] = ()
    facts: Sequence[tuple[str, Any]] = ()
    tabs: Sequence[Tab] = ()
    evidence: Sequence[Evidence] | None = None
    events: Sequence[Moment] = ()
    breadcrumb: Sequence[tuple[str, str]] = field(default_factory=tuple)
