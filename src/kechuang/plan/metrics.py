"""What the plan office's records say in numbers: its tables for the indicators, declared in metrics.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kechuang.indicators import registry
from kechuang.plan.engine.workflow import COUNTED_STAGES, STARTED_STAGES
from kechuang.plan.models import Commitment, Document, ProgressReport, Statement, Task

TASKS = {
    "id": "int64",
    "title": "string",
    "stage": "string",
    "state": "string",
    "counted": "boolean",
    "started": "boolean",
    "percent": "int64",
    "lead": "string",
    "programme": "string",
    "started_on": "date",
    "due": "date",
    "accepted_on": "date",
    "secrecy": "int64",
    "synthetic": "boolean",
}
COMMITMENTS = {
    "id": "int64",
    "title": "string",
    "status": "string",
    "state": "string",
    "lead": "string",
    "programme": "string",
    "promised_on": "date",
    "due": "date",
    "secrecy": "int64",
    "synthetic": "boolean",
}
DOCUMENTS = {
    "id": "int64",
    "title": "string",
    "kind": "string",
    "stage": "string",
    "published_on": "date",
    "secrecy": "int64",
    "synthetic": "boolean",
}
STATEMENTS = {
    "id": "int64",
    "document": "int64",
    "title": "string",
    "kind": "string",
    "review": "string",
    "sentence": "string",
    "secrecy": "int64",
}
REPORTS = {
    "id": "int64",
    "title": "string",
    "status": "string",
    "reported_on": "date",
    "percent": "int64",
    "lead": "string",
    "secrecy": "int64",
    "synthetic": "boolean",
}


def tasks() -> Iterator[dict]:
    named = {"title": "title_zh", "lead": "lead__name_zh", "programme": "programme__name_zh"}
    for row in _rows(Task, TASKS, named, without=("counted", "started")):
        yield row | {"counted": row["stage"] in COUNTED_STAGES, "started": row["stage"] in STARTED_STAGES}


def commitments() -> Iterator[dict]:
    named = {"title": "title_zh", "lead": "lead__name_zh", "programme": "programme__name_zh"}
    return _rows(Commitment, COMMITMENTS, named)


def documents() -> Iterator[dict]:
    return _rows(Document, DOCUMENTS, {})


def statements() -> Iterator[dict]:
    named = {"document": "document_id", "title": "document__title", "secrecy": "document__secrecy"}
    return _rows(Statement, STATEMENTS, named)


def reports() -> Iterator[dict]:
    """`id` is the task's: its page shows the report."""
    named = {
        "id": "task_id",
        "title": "task__title_zh",
        "reported_on": "at__date",
        "lead": "task__lead__name_zh",
        "secrecy": "task__secrecy",
    }
    return _rows(ProgressReport, REPORTS, named)


def _rows(
    model: type, columns: dict[str, str], named: dict[str, str], without: tuple[str, ...] = ()
) -> Iterator[dict]:
    names = [name for name in columns if name not in without]
    fields = [named.get(name, name) for name in names]
    for values in model.objects.order_by("pk").values_list(*fields).iterator(5000):
        yield dict(zip(names, values, strict=True))


def _stages(stages: frozenset) -> str:
    return ", ".join(f"'{stage}'" for stage in sorted(stages))


LIVE_TASKS = f"""
SELECT t.id, t.title_zh AS title, t.stage, t.state, t.stage IN ({_stages(COUNTED_STAGES)}) AS counted,
       t.stage IN ({_stages(STARTED_STAGES)}) AS started, t.percent::bigint AS percent, o.name_zh AS lead,
       p.name_zh AS programme, t.started_on, t.due, t.accepted_on, t.secrecy::bigint AS secrecy, t.synthetic
  FROM plan_task t
  LEFT JOIN core_organisation o ON o.id = t.lead_id
  LEFT JOIN plan_programme p ON p.id = t.programme_id
"""
LIVE_COMMITMENTS = """
SELECT c.id, c.title_zh AS title, c.status, c.state, o.name_zh AS lead, p.name_zh AS programme, c.promised_on, c.due,
       c.secrecy::bigint AS secrecy, c.synthetic
  FROM plan_commitment c
  LEFT JOIN core_organisation o ON o.id = c.lead_id
  LEFT JOIN plan_programme p ON p.id = c.programme_id
"""
LIVE_DOCUMENTS = """
SELECT id, title, kind, stage, published_on, secrecy::bigint AS secrecy, synthetic FROM plan_document
"""
LIVE_STATEMENTS = """
SELECT s.id, s.document_id AS document, d.title, s.kind, s.review, s.sentence, d.secrecy::bigint AS secrecy
  FROM plan_statement s JOIN plan_document d ON d.id = s.document_id
"""
LIVE_REPORTS = f"""
SELECT r.task_id AS id, t.title_zh AS title, r.status, (r.at AT TIME ZONE '{settings.TIME_ZONE}')::date AS reported_on,
       r.percent::bigint AS percent, o.name_zh AS lead, t.secrecy::bigint AS secrecy, r.synthetic
  FROM plan_progressreport r JOIN plan_task t ON t.id = r.task_id LEFT JOIN core_organisation o ON o.id = t.lead_id
"""


def register() -> None:
    """Called at start: tables with the kinds of record that change them, and the declarations."""
    tasks_change = ("plan.task", "plan.progressreport")
    promises_change = (*tasks_change, "plan.commitment")
    reading = ("plan.document", "plan.statement")
    words = {
        "plan_tasks": {"stage": dict(Task._meta.get_field("stage").choices)},
        "plan_documents": {"kind": dict(Document.Kind.choices), "stage": dict(Document.Stage.choices)},
        "plan_statements": {"kind": dict(Statement.Kind.choices)},
    }
    for name, export, kinds, relation, link, columns in (
        ("plan_tasks", tasks, tasks_change, LIVE_TASKS, "plan:task", TASKS),
        ("plan_commitments", commitments, promises_change, LIVE_COMMITMENTS, "plan:commitment", COMMITMENTS),
        ("plan_documents", documents, reading, LIVE_DOCUMENTS, "plan:document", DOCUMENTS),
        ("plan_statements", statements, reading, LIVE_STATEMENTS, "plan:statement", STATEMENTS),
        ("plan_reports", reports, tasks_change, LIVE_REPORTS, "plan:task", REPORTS),
    ):
        registry.register_table(
            name,
            export,
            kinds,
            relation,
            link,
            secrecy="secrecy",
            columns=columns,
            words=words.get(name),
            named={"programme": "plan.programme"},
        )
    registry.register_metrics("plan", Path(__file__).with_name("metrics.toml"))
