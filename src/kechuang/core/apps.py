from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _organisation_entry(organisation) -> dict:
    aliases = " ".join(organisation.names.values_list("name", flat=True))
    return {
        "title": organisation.name_zh or organisation.name_en,
        "title_en": organisation.name_en,
        "summary": organisation.duties,
        "text": aliases,
    }


class CoreConfig(AppConfig):
    name = "kechuang.core"
    label = "core"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from kechuang.core import files, imports, kinds, rows, timetable  # noqa: F401
        from kechuang.core.roles import READERS, may_see_secrecy, roles_of, signed_in, visible_requests
        from kechuang.core.web import navigation, shell_values

        def among_visible(user, row) -> bool:
            return visible_requests(user).filter(pk=row.pk).exists()

        kinds.register("core.organisation", _("Organisation"), search=_organisation_entry)
        kinds.register("core.centre", _("Centre"))
        kinds.register("core.person", _("Person"), may_see=lambda user, obj: user.is_authenticated)
        kinds.register("core.user", _("Account"), may_see=lambda user, obj: user.is_authenticated)
        kinds.register("core.servicerequest", _("Request"), may_see=among_visible)
        kinds.register(
            "core.storedfile",
            _("File"),
            may_see=lambda user, obj: may_see_secrecy(user, obj.secrecy),
        )
        navigation.register(
            "house",
            _("House"),
            "core:organisations",
            items=[
                (_("Organisations"), "core:organisations"),
                (_("Request desk"), "core:requests"),
                (_("Centre"), "core:centre", lambda user: "admin" in roles_of(user)),
                (_("Accounts"), "core:users", lambda user: "admin" in roles_of(user)),
                (_("Record of acts"), "core:audit", lambda user: bool(roles_of(user) & READERS)),
                (_("Seals"), "core:seals"),
            ],
            order=90,
            who=signed_in,
        )
        post_migrate.connect(rows.keep_shapes, sender=self)
        shell_values.install()
        timetable.install()
