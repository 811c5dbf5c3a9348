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
        from kechuang.core import kinds
        from kechuang.core.acts import may
        from kechuang.core.roles import signed_in
        from kechuang.core.web import navigation
        from kechuang.facilities import actions, metrics  # noqa: F401
        from kechuang.facilities.queries.use import visible_requests, visible_sessions

        def among(visible):
            return lambda user, obj: visible(user).filter(pk=obj.pk).exists()

        kinds.register("facilities.facility", _("Facility"), search=_facility)
        kinds.register("facilities.institution", _("Institution"), search=_institution)
        kinds.register(
            "facilities.resource",
            _("Shared resource"),
            may_see=lambda user, obj: obj.opened or user.is_authenticated,
            search=_resource,
        )
        kinds.register("facilities.usesession", _("Session"), may_see=among(visible_sessions))
        kinds.register("facilities.samplerequest", _("Sample request"), may_see=among(visible_requests))
        kinds.register("facilities.output", _("Output"))
        kinds.register(
            "facilities.voucher", _("Innovation voucher"), may_see=lambda user, obj: signed_in(user)
        )
        kinds.register(
            "facilities.statement", _("Monthly statement"), may_see=lambda user, obj: signed_in(user)
        )
        from kechuang.facilities.queries.proposals import (
            may_read,
            visible_cycles,
            visible_panels,
            visible_plans,
        )

        kinds.register("facilities.cycle", _("Call for proposals"), may_see=among(visible_cycles))
        kinds.register("facilities.proposal", _("Proposal"), may_see=may_read)
        kinds.register("facilities.panel", _("Panel"), may_see=among(visible_panels))
        kinds.register("facilities.timeplan", _("Time plan"), may_see=among(visible_plans))
        kinds.register(
            "facilities.booking",
            _("Booking"),
            may_see=lambda user, obj: may(user, "facilities.cancel_booking", obj),
        )
        kinds.register(
            "facilities.qualification", _("Qualification"), may_see=lambda user, obj: signed_in(user)
        )
        metrics.register()
        navigation.register(
            "facilities",
            _("Facilities"),
            "facilities:catalogue",
            items=[
                (_("Catalogue"), "facilities:catalogue"),
                (_("Life cycle"), "facilities:cluster", None, ("stages/",)),
                (
                    _("Institutions"),
                    "facilities:institutions",
                    None,
                    ("units/", "plans/", "milestones/", "contracts/", "contract-indicators/"),
                ),
                (
                    _("Calls for proposals"),
                    "facilities:cycles",
                    signed_in,
                    ("offers/", "rules/", "closures/", "panels/", "time-plans/", "hand-rules/"),
                ),
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
            ],
            order=30,
        )
