"""Acts of the house itself: organisations, accounts, comments, the request desk, saved views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds, notices
from kechuang.core.acts import act
from kechuang.core.engine.desk import TIME_LIMIT, next_stage
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.kernel.identifiers import IdentifierError, validate
from kechuang.core.models import (
    ApiToken,
    Centre,
    Comment,
    Deputy,
    Identifier,
    Membership,
    Organisation,
    OrganisationName,
    Role,
    SavedView,
    ServiceRequest,
    User,
)
from kechuang.core.roles import has_role, members_of, of_organisation, signed_in

LONGEST_QUERY = 4000
_ORGANISATION_FIELDS = (
    "name_zh",
    "name_en",
    "kind",
    "level",
    "parent",
    "region",
    "duties",
    "founded",
    "ended",
)


@act("core.save_organisation", may=has_role(Role.OFFICER))
def save_organisation(
    actor: Any, organisation: Organisation, *, identifiers: dict[str, str] | None = None
) -> Organisation:
    """Add an organisation or change it; its former official name is kept with its period."""
    _check(organisation)
    if organisation.region:
        organisation.region = _valid("region", organisation.region)
    if organisation.parent_id and organisation.pk and organisation in organisation.parent.line():
        raise Refusal(_("An organisation cannot stand below itself."), field="parent")
    old = Organisation.objects.filter(pk=organisation.pk).first() if organisation.pk else None
    organisation.save()
    if old and old.name_zh != organisation.name_zh:
        OrganisationName.objects.get_or_create(
            organisation=organisation, name=old.name_zh, valid_from=None, defaults={"valid_to": clock.today()}
        )
    for scheme, value in (identifiers or {}).items():
        _set_identifier(organisation, scheme, value)
    record(
        actor,
        "core.save_organisation",
        organisation,
        before=fields_of(old, _ORGANISATION_FIELDS) if old else None,
        after=fields_of(organisation, _ORGANISATION_FIELDS),
    )
    return organisation


def _check(row: models.Model, exclude: set[str] | None = None) -> None:
    """The model's own rules, said as a refusal that names the field."""
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise Refusal(f"{field}: {' '.join(words)}", field=field) from error


def _valid(scheme: str, value: str) -> str:
    try:
        return validate(scheme, value)
    except IdentifierError as error:
        raise Refusal(str(error), field=scheme) from error


def _set_identifier(organisation: Organisation, scheme: str, value: str) -> None:
    value = _valid(scheme, value)
    owner = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).first()
    if owner:
        raise Refusal(
            _("%(id)s belongs to %(owner)s.") % {"id": value, "owner": owner.organisation}, field=scheme
        )
    Identifier.objects.update_or_create(organisation=organisation, scheme=scheme, defaults={"value": value})


@act("core.save_centre", may=has_role(Role.ADMIN))
def save_centre(actor: Any, centre: Centre) -> Centre:
    """Name the centre of this house and the years its great aims fall due; there is one centre a house."""
    _check(centre)
    here = Centre.here()
    if here is not None and here.pk != centre.pk:
        raise Refusal(_("This house has its centre already: change it."))
    fields = ("name_zh", "name_en", "horizons")
    before = fields_of(here, fields) if here else None
    centre.save()
    record(actor, "core.save_centre", centre, before=before, after=fields_of(centre, fields))
    return centre


@act("core.save_account", may=has_role(Role.ADMIN))
def save_account(actor: Any, user: User, *, password: str = "") -> User:
    """Add an account or change it; the password, when given, is checked and never recorded."""
    _check(user, exclude={"password"})
    if password:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refusal(" ".join(error.messages), field="password") from error
        user.set_password(password)
    elif not user.pk:
        user.set_unusable_password()
    new = user.pk is None
    user.save()
    facts = fields_of(user, ("username", "clearance", "is_active"))
    record(actor, "core.save_account", user, after={**facts, "new": new, "password": bool(password)})
    return user


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
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal(_("The role ends before it begins."), field="valid_to")
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=role,
        defaults={"valid_from": valid_from, "valid_to": valid_to},
    )
    record(
        actor,
        "core.grant_role",
        user,
        after={"organisation": organisation.pk, "role": role, "to": str(valid_to or "")},
    )
    return membership


@act("core.withdraw_role", may=has_role(Role.ADMIN))
def withdraw_role(actor: Any, user: User, organisation: Organisation, role: str) -> None:
    """Take a role away as of today; the past stays on record."""
    changed = Membership.objects.filter(user=user, organisation=organisation, role=role).delete()[0]
    if not changed:
        raise Refusal(_("%(user)s does not hold this role.") % {"user": user})
    record(actor, "core.withdraw_role", user, before={"organisation": organisation.pk, "role": role})


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
    record(actor, "core.name_deputy", deputy, after={"for": actor.pk, "start": str(start), "end": str(end)})
    notices.notify([deputy], _("You stand in for %(who)s.") % {"who": actor}, key=f"deputy:{row.pk}")
    return row


@act("core.issue_token", may=signed_in)
def issue_token(
    actor: Any, name: str, scopes: list[str], expires: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make an API key for oneself; the key is shown once and only its hash is kept."""
    unknown = [scope for scope in scopes if scope not in {"read", "write"}]
    if unknown or not scopes:
        raise Refusal(_("Scopes are read and write."), field="scopes")
    if not 0 < len(name.strip()) <= 80:
        raise Refusal(_("Say in at most 80 characters what the key is for."), field="name")
    key = ApiToken.new_key()
    token = ApiToken.objects.create(
        user=actor, name=name, digest=ApiToken.digest_of(key), scopes=sorted(set(scopes)), expires=expires
    )
    record(actor, "core.issue_token", actor, after={"name": name, "scopes": scopes})
    return token, key


@act("core.revoke_token", may=signed_in)
def revoke_token(actor: Any, token: ApiToken) -> None:
    """Make one of one's own API keys useless."""
    if token.user_id != actor.pk:
        raise NotPermitted("core.revoke_token")
    record(actor, "core.revoke_token", actor, before={"name": token.name})
    token.delete()


@act("core.comment", may=signed_in)
def comment(actor: Any, obj: models.Model, text: str) -> Comment:
    """Comment on any record one may see; people named by @ are told, if they may see it too."""
    if not kinds.visible(actor, obj):
        raise NotPermitted("core.comment")
    if not text.strip():
        raise Refusal(_("The comment is empty."), field="text")
    row = Comment.objects.create(
        kind=kinds.kind_of(obj), object_id=str(obj.pk), author=actor, at=clock.now(), text=text.strip()
    )
    told = notices.mentioned(text, obj)
    row.mentions.set(told)
    record(actor, "core.comment", obj, after={"comment": row.pk, "mentions": [user.pk for user in told]})
    notices.notify(
        told,
        _("%(who)s mentioned you: %(what)s") % {"who": actor, "what": obj},
        key=f"mention:{row.pk}",
        url=obj.get_absolute_url(),
    )
    return row


@act("core.open_request", may=signed_in)
def open_request(
    actor: Any, kind: str, title: str, text: str, *, about: models.Model | None = None
) -> ServiceRequest:
    """Send a request to the desk; its time limit follows from its kind."""
    if kind not in TIME_LIMIT:
        raise Refusal(_("Unknown kind of request."), field="kind")
    if not title.strip() or not text.strip():
        raise Refusal(_("Say in a title and a text what it is about."), field="title")
    if about and not kinds.visible(actor, about):
        raise NotPermitted("core.open_request")
    row = ServiceRequest.objects.create(
        kind=kind,
        title=title.strip()[:200],
        text=text.strip(),
        requester=actor,
        created=clock.now(),
        due=clock.now() + TIME_LIMIT[kind],
        about_kind=kinds.kind_of(about) if about else "",
        about_id=str(about.pk) if about else "",
    )
    record(actor, "core.open_request", row, after=fields_of(row, ("kind", "title", "due")))
    return row


def _move(row: ServiceRequest, verb: str) -> None:
    try:
        row.stage = next_stage(row.stage, verb)
    except ValueError as error:
        raise Refusal(str(error)) from error


@act("core.hand_over_request", may=has_role(Role.OFFICER))
def hand_over_request(actor: Any, row: ServiceRequest, handler: Organisation) -> ServiceRequest:
    """Hand a request to the organisation that shall answer it."""
    _move(row, "hand_over")
    before, row.handler = row.handler_id, handler
    row.save()
    record(actor, "core.hand_over_request", row, before={"handler": before}, after={"handler": handler.pk})
    notices.notify(
        members_of(handler),
        _("A request waits for you: %(title)s") % {"title": row.title},
        key=f"desk:{row.pk}:{handler.pk}",
        url=row.get_absolute_url(),
        about=row,
    )
    return row


@act("core.answer_request", may=has_role(Role.OFFICER) | of_organisation(*Role.values, path="handler"))
def answer_request(actor: Any, row: ServiceRequest, answer: str) -> ServiceRequest:
    """Answer a request; the requester is told and asked how satisfied they are."""
    if not answer.strip():
        raise Refusal(_("The answer is empty."), field="answer")
    _move(row, "answer")
    row.answer, row.answered = answer.strip(), clock.now()
    row.save()
    record(actor, "core.answer_request", row, after={"answer": row.answer})
    notices.notify(
        [row.requester],
        _("Your request was answered: %(title)s") % {"title": row.title},
        key=f"desk:{row.pk}:answer:{row.answered.isoformat()}",
        url=row.get_absolute_url(),
    )
    return row


@act("core.rate_request", may=signed_in)
def rate_request(actor: Any, row: ServiceRequest, satisfaction: int) -> ServiceRequest:
    """Say how satisfied one is, from 1 to 5; 1 and 2 open the request again."""
    if row.requester_id != actor.pk:
        raise NotPermitted("core.rate_request")
    if satisfaction not in range(1, 6):
        raise Refusal(_("Satisfaction is a number from 1 to 5."), field="satisfaction")
    _move(row, "reopen" if satisfaction <= 2 else "rate")
    row.satisfaction = satisfaction
    row.save()
    record(actor, "core.rate_request", row, after={"satisfaction": satisfaction, "stage": row.stage})
    return row


@act("core.save_view", may=signed_in)
def save_view(actor: Any, page: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep a list's address under a name."""
    if not name.strip():
        raise Refusal(_("Give the view a name."), field="name")
    if len(page) > 80 or len(query) > LONGEST_QUERY:
        raise Refusal(_("This list's address is too long to be kept."), field="query")
    view, _created = SavedView.objects.update_or_create(
        user=actor, page=page, name=name.strip()[:80], defaults={"query": query, "shared": shared}
    )
    return view


@act("core.delete_view", may=signed_in)
def delete_view(actor: Any, view: SavedView) -> None:
    """Drop one of one's own saved views."""
    if view.user_id != actor.pk:
        raise NotPermitted("core.delete_view")
    view.delete()
