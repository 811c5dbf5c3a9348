"""Comments on any record, and notices to people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    text = models.TextField(_("text"))
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["kind", "object_id"])]


class Notice(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    text = models.CharField(_("text"), max_length=500)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160)
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=False)  # the person wanted mail when told
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notice_a_cause")]
        indexes = [models.Index(fields=["user", "read_at"])]
