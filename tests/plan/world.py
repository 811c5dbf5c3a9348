"""A small centre for tests of the plan office: one document, promise, task with report, project, decision, reply."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, Person
from kechuang.plan import actions
from kechuang.plan.models import (
    Commitment,
    Correction,
    Document,
    FundingLine,
    MajorDecision,
    Milestone,
    Programme,
    ProgressReport,
    Project,
    RightOfReply,
    Statement,
    Task,
    TaskPart,
)

TEXT = "2022年7月16日，本市召开推进会。会议指出，到2025年，建成科研平台29个。要加快推进设备安装调试。去年新增企业1200家。"
LATER = "2023年7月16日，本市召开推进会。会议指出，到2026年，建成科研平台31个。要加快推进设备安装调试。"


@dataclass
class World:
    office: Organisation
    document: Document
    later: Document
    statement: Statement
    programme: Programme
    promise: Commitment
    late: Commitment
    task: Task
    proposed: Task
    report: ProgressReport
    part: TaskPart
    project: Project
    milestone: Milestone
    decision: MajorDecision
    voted: MajorDecision
    reply: RightOfReply
    person: Person
    people: dict[str, Any] = field(default_factory=dict)


def lost(w: World) -> Correction:
    """A decision on the world's document that found no place when it was read again."""
    found, _new = Correction.objects.get_or_create(
        digest=w.document.digest,
        place=["task", 0, 9, None, None],
        change={"review": "accepted"},
        lost=True,
        defaults={"at": timezone.now()},
    )
    return found


@pytest.fixture(scope="module")
def lasting_world(lasting) -> World:
    with lasting():
        return world()


@pytest.fixture
def centre(db, lasting_world) -> World:
    """The small centre, made once a module."""
    return deepcopy(lasting_world)


def world() -> World:
    """Everything made by the acts that people use."""
    above = Organisation.objects.create(name_zh="市政府", name_en="Municipal Government")
    office = Organisation.objects.create(name_zh="科学城管委会", name_en="Science City Office", parent=above)
    document = _document("推进会", TEXT, date(2022, 7, 16))
    later = _document("推进会（修订）", LATER, date(2023, 7, 16), former_edition=document)
    programme = actions.save_programme(SYSTEM, Programme(name_zh="六大工程", name_en="Six Projects"))
    target = document.statements.filter(kind="target").first()
    promise = actions.make_commitment(
        SYSTEM, [target], lead=office, programme=programme, title_en="29 platforms"
    )
    task = actions.make_task(
        SYSTEM,
        title_zh="设备安装调试",
        title_en="Install equipment",
        commitment=promise,
        programme=programme,
        lead=office,
        secrecy=0,
        due=timezone.localdate() + timedelta(days=60),
    )
    actions.move_task(SYSTEM, task, "confirm")
    proof = [{"url": "https://example.org/proof", "note": "test"}]
    report = actions.report_progress(SYSTEM, task, percent=40, text="完成四成", evidence=proof)
    late = _late(document, office)
    actions.reject_statements(SYSTEM, document, [document.statements.filter(kind="time").first().pk])
    project = actions.save_project(
        SYSTEM, Project(task=task, title_zh="综合楼", title_en="Main hall", lead=office)
    )
    member = Person.objects.create(name_zh="张三")
    return World(
        office=office,
        document=document,
        later=later,
        statement=document.statements.filter(kind="figure").first(),
        programme=programme,
        promise=promise,
        late=late,
        task=task,
        proposed=actions.make_task(SYSTEM, title_zh="待确认任务", lead=office, secrecy=0),
        report=report,
        part=actions.save_part(SYSTEM, TaskPart(task=task, organisation=office, duty="协调")),
        project=project,
        milestone=actions.save_milestone(SYSTEM, Milestone(project=project, title_zh="封顶")),
        decision=_decision(office, project, member),
        voted=_voted(office, member),
        reply=actions.open_reply(SYSTEM, late),
        person=member,
    )


def _document(title: str, text: str, day: date, **facts) -> Document:
    found = actions.add_document(
        SYSTEM, title=title, data=text.encode(), name=f"{title}.txt", published_on=day, secrecy=0, **facts
    )
    return found


def _late(document: Document, office: Organisation) -> Commitment:
    """A promise whose task was begun and whose day is over."""
    statement = document.statements.filter(kind="task", sentence__contains="安装调试").first()
    late = actions.make_commitment(SYSTEM, [statement], lead=office, due=date(2024, 1, 1), title_en="Set up")
    task = actions.make_task(
        SYSTEM, title_zh="安装", commitment=late, lead=office, due=date(2024, 1, 1), secrecy=0
    )
    actions.move_task(SYSTEM, task, "confirm")
    actions.move_task(SYSTEM, task, "start")
    late.refresh_from_db()
    return late


def _decision(office: Organisation, project: Project, member: Person) -> MajorDecision:
    decision = MajorDecision(
        title="购置大型设备",
        matter="funds",
        body=office,
        project=project,
        decided_on=date(2024, 5, 1),
        reasons="按规划需要",
        amount_fen=5_000_000_00,
    )
    actions.record_decision(SYSTEM, decision, [member])
    line = FundingLine(project=project, source="city", budget_fen=300, committed_fen=200, spent_fen=100)
    actions.save_funding(SYSTEM, line)
    return decision


def _voted(office: Organisation, member: Person) -> MajorDecision:
    """A decision on which one member has voted."""
    row = MajorDecision(
        title="项目立项", matter="project", body=office, decided_on=date(2024, 5, 2), reasons="已论证"
    )
    actions.record_decision(SYSTEM, row, [member])
    actions.cast_vote(SYSTEM, row, member, "for")
    return row
