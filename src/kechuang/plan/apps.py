from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _titled(obj) -> dict:
    return {"title": obj.title_zh, "title_en": obj.title_en, "secrecy": obj.secrecy}


def _project(project) -> dict:
    return {"title": project.title_zh, "title_en": project.title_en, "secrecy": project.task.secrecy}


def _document(document) -> dict:
    return {
        "title": document.title,
        "title_en": document.title_en,
        "text": document.raw[:20_000],
        "secrecy": document.secrecy,
    }


def _programme(programme) -> dict:
    return {"title": programme.name_zh, "title_en": programme.name_en, "text": " ".join(programme.aliases)}


def _decision(decision) -> dict:
    return {"title": decision.title, "text": decision.reasons, "secrecy": decision.secrecy}


class PlanConfig(AppConfig):
    name = "kechuang.plan"
    label = "plan"

    def ready(self) -> None:
        from kechuang.indicators import ports as indicators
        from kechuang.plan import actions, metrics  # noqa: F401
        from kechuang.plan.actions.states import restate_measured

        _kinds()
        _navigation()
        _timetable()
        indicators.on_observed(restate_measured)
        metrics.register()


def _kinds() -> None:
    """What stands on record, and who sees it."""
    from kechuang.core import kinds
    from kechuang.core.roles import may_see_secrecy

    def by_secrecy(path: str):
        def may_see(user, obj) -> bool:
            for step in path.split("."):
                obj = getattr(obj, step)
            return may_see_secrecy(user, obj)

        return may_see

    own, of_task = by_secrecy("secrecy"), by_secrecy("task.secrecy")
    kinds.register("plan.document", _("Document"), may_see=own, search=_document)
    kinds.register("plan.statement", _("Statement"), may_see=by_secrecy("document.secrecy"))
    kinds.register("plan.programme", _("Programme"), search=_programme)
    kinds.register("plan.commitment", _("Commitment"), may_see=own, search=_titled)
    kinds.register("plan.task", _("Task"), may_see=own, search=_titled)
    kinds.register("plan.project", _("Project"), may_see=of_task, search=_project)
    kinds.register("plan.progressreport", _("Progress report"), may_see=of_task)
    kinds.register("plan.majordecision", _("Major decision"), may_see=own, search=_decision)


def _navigation() -> None:
    from kechuang.core.roles import signed_in
    from kechuang.core.web import navigation

    items = [
        (_("My work"), "plan:mine"),
        (_("Documents"), "plan:documents", None, ("statements/",)),
        (_("Programmes"), "plan:programmes"),
        (_("Commitments"), "plan:commitments", None, ("replies/",)),
        (_("Supervision"), "plan:tasks", None, ("calendar/", "reports/", "runs/")),
        (_("Projects"), "plan:projects", None, ("milestones/",)),
        (_("Major decisions"), "plan:decisions"),
        (_("Brief"), "plan:brief"),
    ]
    navigation.register("plan", _("Plan"), "plan:home", items=items, order=10, who=signed_in)
    navigation.register("public", _("Published promises"), "plan:public", order=5)


def _timetable() -> None:
    from kechuang.core import schedule
    from kechuang.plan.actions.states import restate_all
    from kechuang.plan.actions.supervision import escalate_by_timetable, keep_right_of_reply

    schedule.register("plan.states", timedelta(hours=6), restate_all)
    schedule.register("plan.escalate", timedelta(days=1), escalate_by_timetable)
    schedule.register("plan.right_of_reply", timedelta(days=1), keep_right_of_reply)
