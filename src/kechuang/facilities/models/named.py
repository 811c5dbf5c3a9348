"""What carries a Chinese and an English name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_language(zh: str, en: str) -> str:
    """The English words for English readers where there are some, else the Chinese ones."""
    if (get_language() or "").startswith("en") and en:
        return en
    return zh or en


class Named(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)
