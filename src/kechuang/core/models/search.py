"""What global search finds. `tokens` is written by the one tokenizer; the store's index is kept by triggers."""

from django.db import models


class SearchEntry(models.Model):
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    secrecy = models.IntegerField(default=0)
    tokens = models.TextField()
    title_tokens = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_an_object")]
