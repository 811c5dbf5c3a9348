"""People, their accounts, their roles in organisations, and who stands in for them."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.core.language import in_language
from kechuang.core.watched import Watched


class Role(models.TextChoices):
    ADMIN = "admin", _("Administrator")
    LEADER = "leader", _("Leader")
    OFFICER = "officer", _("Plan officer")
    REPORTER = "reporter", _("Reporter")
    REVIEWER = "reviewer", _("Reviewer")
    ANALYST = "analyst", _("Analyst")
    MANAGER = "manager", _("Facility manager")
    SCIENTIST = "scientist", _("Scientist")


class Secrecy(models.IntegerChoices):
    """密级: who may see a record. A person sees what is not above their clearance."""

    PUBLIC = 0, _("Public")
    INTERNAL = 1, _("Internal")
    CONFIDENTIAL = 2, _("Confidential")
    SECRET = 3, _("Secret")


class Person(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=60, blank=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    public_office = models.CharField(_("public office"), max_length=200, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    watched = Watched(personal=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["orcid"], condition=~models.Q(orcid=""), name="one_person_an_orcid"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


class User(AbstractUser):
    """An account. What it may do follows from its memberships, not from flags on it."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user"
    )
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    clearance = models.IntegerField(_("clearance"), choices=Secrecy, default=Secrecy.INTERNAL)
    mail_notices = models.BooleanField(_("send notices by mail"), default=True)

    watched = Watched(
        without=("password", "last_login"),
        parts=("person", "memberships", "deputises_for", "api_tokens"),
        personal=True,
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.get_full_name() or self.username


class Membership(models.Model):
    """`user` holds `role` in `organisation` from and to (both inclusive, open where empty)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "core.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


class Deputy(models.Model):
    """During leave, `deputy` may do what `principal` may."""

    principal = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deputises_for")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="deputy_period_forward"
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("deputy")), name="deputy_is_another"
            ),
        ]


class ApiToken(models.Model):
    """A key for programs. Only its hash is stored; scopes are `read` and `write`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    watched = Watched(without=("last_used",))

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()

    @staticmethod
    def new_key() -> str:
        return "kc_" + secrets.token_urlsafe(32)
