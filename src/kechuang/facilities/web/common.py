"""What the domain's pages share: a form page for a record, amounts in yuan, names for facets."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.translation import gettext as _

from kechuang.core import files
from kechuang.core.acts import demand
from kechuang.core.kernel import Money, formatting
from kechuang.core.language import current, is_english
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import organisations_of
from kechuang.core.web.forms import FormPage
from kechuang.core.web.record import Act


def localised(name: str) -> tuple[str, str]:
    """The fields of a name, that of the reader's language first."""
    zh, en = f"{name}_zh", f"{name}_en"
    return (en, zh) if is_english() else (zh, en)


def local_value(row: dict[str, Any], name: str) -> str:
    first, second = localised(name)
    return row[first] or row[second]


def managed_by(person: Any) -> Organisation | None:
    """An organisation in which the person is facility manager: whose a new thing most likely is."""
    return Organisation.objects.filter(pk__in=organisations_of(person, Role.MANAGER)).first()


def money(fen: int | None) -> str:
    return formatting.money(fen, current())


def exact(fen: int) -> str:
    """An amount to the fen, as bills and accounts show it."""
    sign = formatting.MINUS if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return sign + _("%(amount)s yuan") % {"amount": f"{yuan:,}.{rest:02d}"}


def hourly(fen: int | None) -> str:
    """A rate with its unit; on request where there is none."""
    if fen is None:
        return _("On request")
    return _("Free") if fen == 0 else _("%(money)s an hour") % {"money": money(fen)}


def duration(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    sign = formatting.MINUS if minutes < 0 else ""
    return sign + _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": rest}


class YuanForm(forms.ModelForm):
    """A form whose `yuan` fields are stored in fen and typed in yuan."""

    yuan: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.yuan:
            field = self._meta.model._meta.get_field(name)
            label = str(field.verbose_name).replace(_("fen"), _("yuan"))
            self.fields[name] = forms.DecimalField(
                label=label[:1].upper() + label[1:], required=not field.null, decimal_places=2, max_digits=17
            )
            stored = getattr(self.instance, name)
            if stored is not None:
                self.initial[name] = Decimal(stored) / 100

    def clean(self):
        cleaned = super().clean()
        for name in self.yuan:
            if cleaned.get(name) is not None:
                cleaned[name] = Money.yuan(cleaned[name]).fen
        return cleaned


class FileField(forms.FileField):
    """A file that need not be given."""

    def __init__(self, label: str, **kwargs):
        super().__init__(label=label, required=False, **kwargs)


def kept(request, form, name: str = "file", secrecy: int = 1):
    """The uploaded file, stored; None when none was given. Raises Refusal."""
    upload = form.cleaned_data.get(name)
    return files.keep(request.user, upload.name, files.received(upload), secrecy=secrecy) if upload else None


class RowPage(LoginRequiredMixin, FormPage):
    """A form for one record. A subclass sets `verb` and words, and writes `find` and `store`."""

    verb = ""
    done = ""
    made: Any = None  # what the act brought forth, where that is not the row itself

    @abstractmethod
    def find(self) -> Any:
        """The record, stored or new; kept as self.row."""

    def about(self) -> Any:
        """What the permission is asked for."""
        return self.row

    @abstractmethod
    def store(self, form) -> str | None:
        """Call the action; may raise Refusal. Returns the message, where `done` does not say it."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.row = self.find()
        demand(request.user, self.verb, self.about())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        return {**given, "instance": self.row} if issubclass(self.form_class, forms.ModelForm) else given

    def perform(self, form) -> str:
        return self.store(form) or self.done or _("Saved.")

    def get_success_url(self):
        return (self.made or self.row).get_absolute_url()

    @property
    def cancel_url(self):
        return self.get_success_url() if getattr(self.row, "pk", None) else ""


def act(label: str, url: str, verb: str, obj: Any = None, **more: Any) -> Act:
    return Act(label, url, verb=f"facilities.{verb}", obj=obj, **more)
