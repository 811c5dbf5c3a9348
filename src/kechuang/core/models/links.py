"""The one way by which records of different domains point at one another."""

from django.db import models


class Link(models.Model):
    """`from` stands in `role` to `to`; each end is (kind, id), resolved by the domain that owns the kind."""

    from_kind = models.CharField(max_length=60)
    from_id = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    to_kind = models.CharField(max_length=60)
    to_id = models.CharField(max_length=40)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "role", "to_kind", "to_id"], name="one_link_once"
            )
        ]
        indexes = [models.Index(fields=["to_kind", "to_id", "role"])]
