from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _facility(facility) -> dict:
    return {
        "title": facility.name_zh,
        "title_en": facility.name_en,
        "summary": facility.about_zh,
        "text": f"{facility.code} {facility.place} {facility.about_en}",
    }


def _institution(institution) -> dict:
    return {
        "title": institution.organisation.name_zh,
        "title_en": institution.organisation.name_en,
        "summary": institution.field_zh,
        "text": institution.field_en,
    }


def _resource(resource) -> dict:
    words = (
        resource.code,
        resource.capability_en,
        resource.maker,
        resource.model,
        resource.place,
        resource.owner.name_zh,
        resource.owner.name_en,
    )
    return {
        "title": resource.name_zh,
        "title_en": resource.name_en,
        "summary": resource.capability_zh,
        "text": " ".join(words),
        "secrecy": 0 if resource.opened else 1,
    }


class FacilitiesConfig(AppConfig):
    name = "kechuang.facilities"
    label = "facilities"

    def ready(self) -> None:
        from kechuang.facilities import actions, metrics  # noqa: F401

        _kinds()
        _navigation()
        metrics.register()


def _kinds() -> None:
    """What stands on record, and who sees it."""
    from kechuang.core import kinds
    from kechuang.core.acts import may
    from kechuang.core.roles import signed_in
    from kechuang.facilities.queries import proposals, use

    def among(visible):
        return lambda user, obj: visible(user).filter(pk=obj.pk).exists()

    def everybody(user, obj) -> bool:
        return True

    def opened(user, obj) -> bool:
        return obj.opened or user.is_authenticated

    def own_or_managed(user, obj) -> bool:
        return may(user, "facilities.cancel_booking", obj)

    def by_members(user, obj) -> bool:
        return signed_in(user)

    for name, label, may_see, search in (
        ("facility", _("Facility"), everybody, _facility),
        ("institution", _("Institution"), everybody, _institution),
        ("resource", _("Shared resource"), opened, _resource),
        ("usesession", _("Session"), among(use.visible_sessions), None),
        ("samplerequest", _("Sample request"), among(use.visible_requests), None),
        ("output", _("Output"), everybody, None),
        ("voucher", _("Innovation voucher"), among(use.visible_vouchers), None),
        ("statement", _("Monthly statement"), among(use.visible_statements), None),
        ("cycle", _("Call for proposals"), among(proposals.visible_cycles), None),
        ("proposal", _("Proposal"), proposals.may_read, None),
        ("panel", _("Panel"), among(proposals.visible_panels), None),
        ("timeplan", _("Time plan"), among(proposals.visible_plans), None),
        ("booking", _("Booking"), own_or_managed, None),
        ("qualification", _("Qualification"), by_members, None),
    ):
        kinds.register(f"facilities.{name}", label, may_see=may_see, search=search)


_INSTITUTION_PARTS = ("units/", "plans/", "milestones/", "contracts/", "contract-indicators/")
_CALL_PARTS = ("offers/", "rules/", "closures/", "panels/", "time-plans/", "hand-rules/")


def _navigation() -> None:
    from kechuang.core.roles import signed_in
    from kechuang.core.web import navigation

    items = [
        (_("Catalogue"), "facilities:catalogue"),
        (_("Life cycle"), "facilities:cluster", None, ("stages/",)),
        (_("Institutions"), "facilities:institutions", None, _INSTITUTION_PARTS),
        (_("Calls for proposals"), "facilities:cycles", signed_in, _CALL_PARTS),
        (_("Proposals"), "facilities:proposals", signed_in, ("grants/",)),
        (
            _("Booking"),
            "facilities:instruments",
            signed_in,
            ("bookings/", "waiting/", "problems/", "feeds/"),
        ),
        (_("Qualifications"), "facilities:qualifications", signed_in, ("trainings/",)),
        (_("Samples and data"), "facilities:sample_requests", signed_in, ("holdings/",)),
        (_("Use"), "facilities:sessions", signed_in, ("corrections/", "outputs/")),
        (_("Monthly statements"), "facilities:statements", signed_in, ("vouchers/",)),
        (_("Sharing scores"), "facilities:sharing"),
    ]
    navigation.register("facilities", _("Facilities"), "facilities:catalogue", items=items, order=30)
