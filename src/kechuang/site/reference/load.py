"""Load a centre from its folder by the same acts that people use; what is there already is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from kechuang.core import actions as core
from kechuang.core import clock, models
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.tokens import index_tokens
from kechuang.core.events import gathered, seal
from kechuang.core.models import Membership, Organisation, User
from kechuang.facilities import actions as facilities
from kechuang.facilities.models import Facility
from kechuang.indicators import actions as indicators
from kechuang.indicators.models import Metric
from kechuang.plan import actions as plan
from kechuang.plan.actions.states import restate_all
from kechuang.plan.models import (
    Commitment,
    Document,
    MajorDecision,
    Milestone,
    Programme,
    Project,
    Statement,
    Task,
)
from kechuang.site.reference.folder import Centre, CentreError, folder_of
from kechuang.site.reference.history import live_through

_ENUMERATION = re.compile("^[一二三四五六七八九十]是")
SHARED_WORDS = 2
Progress = Callable[[str], None]


def load(name: str, *, progress: Progress = lambda words: None, password: str = "") -> None:
    """Load everything; a second run changes nothing."""
    centre = Centre(folder_of(name))
    centre.check()
    progress("organisations and accounts")
    _name(centre)
    _organisations(centre)
    _accounts(centre, password)
    _programmes(centre)
    progress("documents")
    _documents(centre)
    progress("indicators")
    with gathered():
        _indicators(centre)
    progress("commitments and tasks")
    _commitments(centre)
    new = _tasks(centre)
    _projects(centre)
    _decisions(centre)
    progress("facilities")
    _facilities(centre)
    progress("daily work of past years (synthetic)")
    with gathered():
        live_through(new, _changes(centre))
    _requests(centre)
    progress("states and numbers")
    _settle()


def _name(folder: Centre) -> None:
    if models.Centre.here() is None:
        named = {name: folder.facts[name] for name in ("name_zh", "name_en", "horizons")}
        core.save_centre(SYSTEM, models.Centre(**named))


def _organisations(centre: Centre) -> None:
    for row in centre.rows("organisations"):
        code, aliases, parent = row.pop("code"), row.pop("aliases", []), row.pop("parent", None)
        found = Organisation.objects.filter(name_zh=row["name_zh"]).first()
        if found is None:
            above = centre.organisations[parent] if parent else None
            found = core.save_organisation(SYSTEM, Organisation(parent=above, **row))
            for alias in aliases:
                core.add_name(SYSTEM, found, alias, language="zh")
        centre.organisations[code] = found


def _accounts(centre: Centre, password: str) -> None:
    for row in centre.rows("accounts"):
        user = User.objects.filter(username=row["username"]).first() or core.save_account(
            SYSTEM, User(username=row["username"], clearance=row["clearance"]), password=password
        )
        organisation = centre.organisations[row["organisation"]]
        if not Membership.objects.filter(user=user, organisation=organisation, role=row["role"]).exists():
            core.grant_role(SYSTEM, user, organisation, row["role"])


def _programmes(centre: Centre) -> None:
    for order, row in enumerate(centre.rows("programmes")):
        code, parent = row.pop("code"), row.pop("parent", None)
        found = Programme.objects.filter(name_zh=row["name_zh"]).first()
        if found is None:
            above = centre.programmes[parent] if parent else None
            found = plan.save_programme(SYSTEM, Programme(parent=above, order=order, **row))
        centre.programmes[code] = found


def _documents(centre: Centre) -> None:
    for row in centre.rows("documents"):
        code, file, issuer = row.pop("code"), row.pop("file"), row.pop("issuer")
        public, former = row.pop("public", True), row.pop("former", None)
        found = Document.objects.filter(title=row["title"]).first()
        if found is None:
            data = (centre.folder / "documents" / file).read_bytes()
            issuing = centre.organisations[issuer]
            row["former_edition"] = centre.documents.get(former)
            found = plan.add_document(SYSTEM, data=data, name=file, issuer=issuing, secrecy=0, **row)
            keys = list(found.statements.values_list("pk", flat=True))
            plan.accept_statements(SYSTEM, found, keys)
            plan.finish_review(SYSTEM, found)
            plan.ask_publication(SYSTEM, found)
            if public:
                plan.approve_publication(SYSTEM, found)
        centre.documents[code] = found


def _indicators(centre: Centre) -> None:
    owners = {}
    for row in centre.rows("indicator_owners"):
        owner = centre.organisations[row["organisation"]]
        owners |= dict.fromkeys(row.get("indicators") or [row["domain"]], owner)
    indicators.sync_declarations(SYSTEM, owners)
    indicators.load_reference(centre.folder, partial(_published, centre))


def _published(centre: Centre, document: str, metric: Metric, value: Decimal) -> tuple[str, str]:
    """The one sentence of a document that prints this value and speaks of the same thing; none where several do."""
    if document not in centre.documents:
        return ("", "")
    words = _words(metric.name_zh)
    rows = centre.documents[document].statements.filter(value=value)
    found = [row for row in rows if len(words & _words(row.sentence)) >= SHARED_WORDS]
    return ("plan.statement", str(found[0].pk)) if len(found) == 1 else ("", "")


def _words(text: str) -> set[str]:
    return {token for token in index_tokens(text) if len(token) > 1}


def _facilities(centre: Centre) -> None:
    if facilities.load_reference(centre.folder):
        for row in centre.rows("serves"):
            promise = centre.commitments[row["commitment"]]
            for facility in Facility.objects.filter(code__in=row["facilities"]):
                facilities.link_promise(SYSTEM, facility, "plan.commitment", str(promise.pk))


def _statement(centre: Centre, document: str, quote: str) -> Statement:
    """The target that holds the quotation, else the task, else any statement; its place is in the document's text."""
    rows = centre.documents[document].statements.filter(sentence__contains=quote)
    order = {"target": 0, "task": 1, "figure": 2}
    found = sorted(rows, key=lambda s: (order.get(s.kind, 3), len(s.sentence)))
    if found:
        return found[0]
    raw = centre.documents[document].raw
    start = raw.find(quote)
    if start < 0:
        raise CentreError(f"{document}: the text does not hold {quote!r}")
    return plan.add_statement(
        SYSTEM, centre.documents[document], kind="target", start=start, end=start + len(quote)
    )


def _commitments(centre: Centre) -> None:
    for row in centre.rows("commitments"):
        code, document, quote = row.pop("code"), row.pop("document"), row.pop("quote")
        also, metric, lead, programme = (
            row.pop(name, None) for name in ("also", "metric", "lead", "programme")
        )
        found = Commitment.objects.filter(title_zh=row["title_zh"]).first()
        if found is None:
            row.setdefault("target_value", None)
            row |= {"lead": centre.organisations.get(lead), "programme": centre.programmes.get(programme)}
            row["metric"] = Metric.objects.filter(code=metric).first() if metric else None
            found = plan.make_commitment(SYSTEM, [_statement(centre, document, quote)], **row)
            for other in also or []:
                plan.add_source(SYSTEM, found, _statement(centre, other["document"], other["quote"]))
        centre.commitments[code] = found


def _changes(centre: Centre) -> list[tuple[date, Callable[[], object]]]:
    """What later editions changed in promises, each with its day; none that was done before."""
    found = []
    for row in centre.rows("changes"):
        promise, edition = centre.commitments[row["commitment"]], centre.documents[row["document"]]
        done = promise.target_versions.filter(document=edition).exists()
        if not done and promise.status == Commitment.Status.ACTIVE:
            found.append((row["on"], partial(_change, centre, promise.pk, edition, row)))
    return found


def _change(centre: Centre, key: int, edition: Document, row: dict[str, Any]) -> None:
    promise, reason = Commitment.objects.get(pk=key), row["reason"]
    if "by" in row:
        plan.supersede_commitment(SYSTEM, promise, centre.commitments[row["by"]], reason)
    elif "due" in row:
        value = Decimal(row["value"]) if "value" in row else promise.target_value
        unit = row.get("unit", "")
        plan.amend_commitment(
            SYSTEM, promise, value=value, due=row["due"], unit=unit, reason=reason, document=edition
        )
    else:
        plan.withdraw_commitment(SYSTEM, promise, reason)


def _tasks(centre: Centre) -> list[Task]:
    """A task of every task statement, by the rule of its document; returns the new ones."""
    new = []
    for rule in centre.rows("task_rules"):
        document, special = rule.pop("document"), rule.pop("by_quote", {})
        for statement in centre.documents[document].statements.filter(kind="task").order_by("start"):
            if statement.tasks.exists():
                continue
            facts = dict(rule)
            for quote, more in special.items():
                if quote in statement.sentence:
                    facts |= more
            new.append(_task(centre, statement, facts))
    return new


def _task(centre: Centre, statement: Statement, facts: dict[str, Any]) -> Task:
    programme = centre.programmes.get(facts.pop("programme", ""))
    commitment = centre.commitments.get(facts.pop("commitment", ""))
    lead = centre.organisations[facts.pop("lead")]
    title = _ENUMERATION.sub("", statement.sentence.strip()).rstrip("。；").removeprefix("要")[:300]
    return plan.make_task(
        SYSTEM,
        title_zh=title,
        title_en=centre.facts.get("task_titles", {}).get(title, ""),
        statement=statement,
        programme=programme,
        commitment=commitment,
        lead=lead,
        secrecy=0,
        **facts,
    )


def _projects(centre: Centre) -> None:
    for row in centre.rows("projects"):
        quote, milestones = row.pop("task"), row.pop("milestones")
        if Project.objects.filter(title_zh=row["title_zh"]).exists():
            continue
        task = Task.objects.filter(title_zh__contains=quote).first()
        project = plan.save_project(SYSTEM, Project(task=task, lead=task.lead, synthetic=True, **row))
        length = project.due - project.start
        for order, title in enumerate(milestones):
            due = project.start + length * order / max(len(milestones) - 1, 1)
            stage = plan.save_milestone(
                SYSTEM, Milestone(project=project, title_zh=title, order=order, due=due)
            )
            if due < clock.today():
                with clock.at(due):
                    plan.reach_milestone(SYSTEM, stage)


def _decisions(centre: Centre) -> None:
    """Major decisions (synthetic) with the votes of the body's members; one is still open."""
    for row in centre.rows("decisions"):
        votes, still_open, project = row.pop("votes"), row.pop("open", False), row.pop("project")
        members = row.pop("members")
        if MajorDecision.objects.filter(title=row["title"]).exists():
            continue
        row |= {"body": centre.organisations[row["body"]], "project": Project.objects.get(title_zh=project)}
        with clock.at(row["decided_on"]):
            names = ({"name_zh": f"委员{n}", "name_en": f"Member {n}"} for n in range(1, members + 1))
            body = [models.Person.objects.get_or_create(**name, synthetic=True)[0] for name in names]
            made = plan.record_decision(SYSTEM, MajorDecision(synthetic=True, secrecy=1, **row), body)
            for voter, choice in zip(body, votes, strict=False):
                reason = "" if choice in ("for", "absent") else "建议补充论证。"
                plan.cast_vote(SYSTEM, made, voter, choice, reason)
            if not still_open:
                plan.close_vote(SYSTEM, made)


def _requests(centre: Centre) -> None:
    """Requests to the desk (synthetic), each as far as it has come by now."""
    for row in centre.rows("requests"):
        if models.ServiceRequest.objects.filter(title=row["title"]).exists():
            continue
        asker = User.objects.get(username=row["by"])
        received = clock.now() - timedelta(days=row["days_ago"])
        with clock.at(received):
            made = core.open_request(asker, row["kind"], row["title"], row["text"], synthetic=True)
        if "handler" in row:
            with clock.at(received + timedelta(hours=3)):
                core.hand_over_request(SYSTEM, made, centre.organisations[row["handler"]])
        if "answer" in row:
            with clock.at(received + timedelta(days=1)):
                core.answer_request(SYSTEM, made, row["answer"])
        if "satisfaction" in row:
            with clock.at(received + timedelta(days=2)):
                core.rate_request(asker, made, row["satisfaction"])


def _settle() -> None:
    indicators.recompute(SYSTEM)
    restate_all()
    for _ in range(3):  # a number can change a state, and states are counted in turn
        indicators.recompute_dirty()
    seal()
