"""A list's address saved under a name, for oneself or for everybody."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(blank=True)
    shared = models.BooleanField(_("shared"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="one_view_a_name")]
        ordering = ["name"]
