"""What a centre holds, in a few lines."""

from __future__ import annotations

import typer
from django.db.models import Count

from kechuang.core.kernel import State
from kechuang.core.models import Event, Organisation
from kechuang.indicators.models import Metric, Observation
from kechuang.plan.models import Commitment, Document, Statement, Task
from kechuang.plan.queries.work import by_state, started


def print_summary() -> None:
    """Documents, statements by kind, commitments by state, tasks started, observations."""
    kinds = dict(Statement.objects.values_list("kind").annotate(n=Count("pk")))
    states = by_state(Commitment.objects.filter(status=Commitment.Status.ACTIVE))
    tasks = started(Task.objects.all())
    ratio = f"{100 * tasks.ratio:.1f} %" if tasks.ratio is not None else "no tasks"
    lines = {
        "documents": Document.objects.count(),
        "statements": ", ".join(f"{kind} {kinds.get(kind, 0)}" for kind in Statement.Kind.values),
        "commitments": ", ".join(f"{state} {states[state]}" for state in State),
        "tasks": f"{tasks.started} of {tasks.counted} started ({ratio})",
        "observations": f"{Observation.objects.filter(current=True).count()} of {Metric.objects.count()} indicators",
        "organisations": Organisation.objects.count(),
        "events": Event.objects.count(),
    }
    typer.echo("\nThe centre holds")
    for name, value in lines.items():
        typer.echo(f"  {name:<14} {value}")
