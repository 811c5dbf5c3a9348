"""Acts on accounts, roles, deputies, API keys and one's own preferences."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock, notices
from kechuang.core.actions.checks import check, valid
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, personal, record
from kechuang.core.models import ApiToken, Deputy, Membership, Organisation, Person, Role, User
from kechuang.core.roles import has_role, is_person, signed_in


@act("core.save_account", may=has_role(Role.ADMIN))
def save_account(actor: Any, user: User, *, password: str = "", person: dict[str, str] | None = None) -> User:
    """Add an account or change it, with the person it belongs to; the password, when given, is checked and never recorded."""
    check(user, exclude={"password"})
    if password:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refusal(" ".join(error.messages), field="password") from error
        user.set_password(password)
    elif not user.pk:
        user.set_unusable_password()
    new = user.pk is None
    if person:
        user.person = _save_person(user.person, person)
    user.save()
    facts = {
        "username": personal(user.username),
        "name": personal(str(user)),
        **fields_of(user, ("clearance", "is_active")),
    }
    record(actor, "core.save_account", user, after={**facts, "new": new, "password": bool(password)})
    return user


def _save_person(row: Person | None, facts: dict[str, str]) -> Person | None:
    if row is None and not any(facts.values()):
        return None
    row = row or Person()
    for name, value in facts.items():
        setattr(row, name, value.strip())
    if row.orcid:
        row.orcid = valid("orcid", row.orcid)
    check(row)
    row.save()
    return row


@act("core.grant_role", may=has_role(Role.ADMIN))
def grant_role(
    actor: Any,
    user: User,
    organisation: Organisation,
    role: str,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give a person a role in an organisation for a period."""
    if role not in Role.values:
        raise Refusal(_("Unknown role."), field="role", remedy=", ".join(Role.values))
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal(_("The role ends before it begins."), field="valid_to")
    held = {"user": user, "organisation": organisation, "role": role}
    former = Membership.objects.filter(**held).first()
    membership, _created = Membership.objects.update_or_create(
        **held, defaults={"valid_from": valid_from, "valid_to": valid_to}
    )
    before = {"from": former.valid_from, "to": former.valid_to} if former else None
    after = {"organisation": organisation, "role": role, "from": valid_from, "to": valid_to}
    record(actor, "core.grant_role", user, before=before, after=after)
    return membership


@act("core.withdraw_role", may=has_role(Role.ADMIN))
def withdraw_role(actor: Any, user: User, organisation: Organisation, role: str) -> None:
    """Take a role away at once; that it was held stays on record."""
    changed = Membership.objects.filter(user=user, organisation=organisation, role=role).delete()[0]
    if not changed:
        raise Refusal(_("%(user)s does not hold this role.") % {"user": user})
    record(actor, "core.withdraw_role", user, before={"organisation": organisation, "role": role})


@act("core.name_deputy", may=signed_in)
def name_deputy(actor: Any, deputy: User, start: date, end: date) -> Deputy:
    """Let another person act in one's place during leave."""
    if end < start:
        raise Refusal(_("The leave ends before it begins."), field="end")
    if not deputy.is_active:
        raise Refusal(_("%(user)s has no active account.") % {"user": deputy}, field="deputy")
    if deputy.pk == actor.pk:
        raise Refusal(_("Nobody can be their own deputy."), field="deputy")
    row = Deputy.objects.create(principal=actor, deputy=deputy, start=start, end=end)
    record(actor, "core.name_deputy", deputy, after={"for": actor, "start": start, "end": end})
    facts = {"who": actor, "start": start, "end": end}
    notices.notify(
        [deputy],
        lambda: _("You stand in for %(who)s from %(start)s to %(end)s.") % facts,
        key=f"deputy:{row.pk}",
        url=reverse("core:account"),
    )
    return row


@act("core.end_deputy", may=is_person("principal"))
def end_deputy(actor: Any, row: Deputy) -> None:
    """End one's deputy's time as of today: back from leave, or named by mistake."""
    today = clock.today()
    if row.end < today:
        raise Refusal(_("This time has ended already."))
    before = {"for": actor, "start": row.start, "end": row.end}
    if row.start < today:
        row.end = today - timedelta(days=1)
        row.save(update_fields=["end"])
    else:
        Deputy.objects.filter(pk=row.pk).delete()
    record(actor, "core.end_deputy", row.deputy, before=before, after={"ended": today})
    notices.notify(
        [row.deputy],
        lambda: _("You no longer stand in for %(who)s.") % {"who": actor},
        key=f"deputy:{row.pk}:ended",
    )


@act("core.save_preferences", may=signed_in)
def save_preferences(actor: Any, *, language: str, mail_notices: bool) -> None:
    """Choose the language of one's notices, and whether they come by mail."""
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("Unknown language."), field="language")
    actor.language, actor.mail_notices = language, mail_notices
    actor.save(update_fields=["language", "mail_notices"])
    record(actor, "core.save_preferences", actor, after={"language": language, "mail": mail_notices})


@act("core.issue_token", may=signed_in)
def issue_token(
    actor: Any, name: str, scopes: list[str], expires: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make an API key for oneself; the key is shown once and only its hash is kept."""
    unknown = [scope for scope in scopes if scope not in {"read", "write"}]
    if unknown or not scopes:
        raise Refusal(_("Scopes are read and write."), field="scopes")
    name = name.strip()
    if not 0 < len(name) <= 80:
        raise Refusal(_("Say in at most 80 characters what the key is for."), field="name")
    if expires and expires <= clock.now():
        raise Refusal(_("The key would have expired already."), field="expires")
    key = ApiToken.new_key()
    token = ApiToken.objects.create(
        user=actor, name=name, digest=ApiToken.digest_of(key), scopes=sorted(set(scopes)), expires=expires
    )
    record(actor, "core.issue_token", actor, after={"name": name, "scopes": scopes, "expires": expires})
    return token, key


@act("core.revoke_token", may=is_person("user"))
def revoke_token(actor: Any, token: ApiToken) -> None:
    """Make one of one's own API keys useless."""
    record(actor, "core.revoke_token", actor, before={"name": token.name})
    token.delete()
