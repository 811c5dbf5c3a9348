"""Erasing a person: what names them goes for good; what they did stays whole, under the number of their account."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q
from django.utils.translation import gettext as _

from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import erase_personal, record
from kechuang.core.models import Deputy, Person, Role, User
from kechuang.core.roles import has_role

NAMELESS = {"name_zh": "已注销人员", "name_en": "Erased person", "orcid": "", "public_office": ""}


def _oneself(actor: Any, user: User) -> Refusal | None:
    return Refusal(_("Nobody erases themselves; ask another administrator.")) if user.pk == actor.pk else None


@act("core.erase_person", may=has_role(Role.ADMIN), unless=_oneself)
def erase_person(actor: Any, user: User) -> User:
    """Erase a person: name, addresses, sign-in, roles and notices go for good; what they did stays on record."""
    for log in (AccessAttempt, AccessFailureLog, AccessLog):
        log.objects.filter(username=user.username).delete()
    for rows in (
        *(user.api_tokens, user.memberships, user.notices, user.saved_views),
        *(user.emailaddress_set, user.socialaccount_set),
    ):
        rows.all().delete()
    Deputy.objects.filter(Q(principal=user) | Q(deputy=user)).delete()
    if user.person_id:
        Person.objects.filter(pk=user.person_id).update(**NAMELESS)
    user.username, user.is_active, user.is_superuser = f"erased-{user.pk}", False, False
    user.email = user.first_name = user.last_name = ""
    user.set_unusable_password()
    user.save()
    erase_personal(user)
    record(actor, "core.erase_person", user)
    return user
