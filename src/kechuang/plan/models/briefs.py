"""The Word templates that briefs are filled into; the newest one counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kechuang.core.models import StoredFile


class BriefTemplate(models.Model):
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
