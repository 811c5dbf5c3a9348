"""Append-only record of acts. Each object's events form a hash chain; triggers forbid changing them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64


class EventHead(models.Model):
    """One row per object: the end of its chain, locked while an event is appended, and how far it is sealed."""

    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    changed = models.DateTimeField(null=True, db_index=True)
    sealed = models.PositiveIntegerField(default=0)
    salt = models.CharField(
        max_length=32, blank=True
    )  # of the digests of a personal row; erased with the person

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_head_an_object")]
        indexes = [
            models.Index("id", name="heads_to_seal", condition=models.Q(seq__gt=models.F("sealed"))),
        ]


class Event(models.Model):
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events"
    )
    verb = models.CharField(_("verb"), max_length=80, db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    evidence = models.JSONField(default=list)
    rows = models.JSONField(
        null=True
    )  # "kind:id" → the digest of the row as the act left it, null where it is gone
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "seq"], name="one_event_a_place")]
        ordering = ["kind", "object_id", "seq"]


class RowShape(models.Model):
    """The names of the values that digests of a shape cover, so that later releases can still compare them."""

    key = models.CharField(max_length=16, primary_key=True)
    names = models.JSONField()


class PersonalValue(models.Model):
    """A personal value named by events only through its salted hash; erasing the row erases the value for good."""

    digest = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    value = models.TextField()


class Seal(models.Model):
    """A root over the heads changed since the last seal. It leaves the house: by the foot of every page and a file."""

    at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    heads = models.JSONField()
    previous = models.CharField(max_length=64, unique=True)
    root = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
