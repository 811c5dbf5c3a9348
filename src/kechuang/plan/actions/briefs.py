"""The Word template of briefs, kept so that the office may edit it."""

from __future__ import annotations

from typing import Any

from kechuang.core import clock, files
from kechuang.core.acts import act
from kechuang.core.events import record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.plan.models import BriefTemplate


@act("plan.set_brief_template", may=has_role(Role.OFFICER))
def set_brief_template(actor: Any, name: str, data: bytes) -> BriefTemplate:
    """Use another Word template for briefs from now on."""
    row = BriefTemplate.objects.create(file=files.keep(actor, name, data), by_id=actor.pk, at=clock.now())
    after = {"template": row.pk, "digest": row.file.digest}
    record(actor, "plan.set_brief_template", row.file, after=after, also=[row])
    return row
