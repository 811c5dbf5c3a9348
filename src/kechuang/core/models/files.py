"""Files people hand in. Stored by the hash of their content, so that the same file is kept once a secrecy level."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.core.models.people import Secrecy


class StoredFile(models.Model):
    digest = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    content = models.FileField(upload_to="%Y/%m/", max_length=300)
    secrecy = models.IntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.INTERNAL)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "secrecy"], name="one_file_a_level")]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name
