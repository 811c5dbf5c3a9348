"""The pages of docs/ that follow from the code: acts, states, workflows. `make docs` writes them; a test compares them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kechuang.core.folders import ROOT

if TYPE_CHECKING:
    from kechuang.core.acts import Act
    from kechuang.core.engine.workflow import Table

HEAD = "<!-- Written by `make docs` from the code; change the code instead. -->\n\n"


def acts() -> str:
    """Every act with its roles."""
    from kechuang.core.acts import ACTS

    lines = [
        "# Acts",
        "",
        "Every write of the product, and the roles that may ever do it (on some record).",
        "",
    ]
    for domain in sorted({verb.split(".")[0] for verb in ACTS}):
        lines += [f"## {domain}", "", "| act | what it does | who |", "|---|---|---|"]
        for verb in sorted(v for v in ACTS if v.startswith(domain + ".")):
            act = ACTS[verb]
            lines.append(f"| `{verb}` | {act.summary.replace('|', '/')} | {_who(act)} |")
        lines.append("")
    return "\n".join(lines)


def _who(act: Act) -> str:
    from kechuang.core.models import Role

    roles = set(map(str, act.roles))
    if "public" in roles:
        return "anybody"
    if "signed in" in roles:
        return f"signed in: {act.whose}" if act.whose else "whoever is signed in"
    if roles >= set(Role.values):
        return "any role, in the organisation concerned"
    return ", ".join(sorted(roles)) or "the platform"


def states() -> str:
    """The five states and the rules that decide them."""
    from kechuang.core.kernel import State
    from kechuang.plan.engine import state

    marks = " · ".join(f"{s.mark} {s.value}" for s in State)
    lines = [
        "# States",
        "",
        f"Five states, for promises and tasks alike: {marks}.",
        "",
        "One pure function decides (`kechuang.plan.engine.state`): the rules are tried from the top, the first that",
        "holds decides, and its name is kept with the state.",
        "",
        "| rule | state |",
        "|---|---|",
        *(f"| `{name}` | {verdict.mark} {verdict.value} |" for name, verdict, _ in state.RULES),
        "",
    ]
    return "\n".join(lines)


def workflows() -> str:
    """Each workflow as a drawing and a table."""
    from kechuang.core.engine import desk
    from kechuang.facilities.engine import cycle, samples
    from kechuang.plan.engine import workflow

    tables = {
        "Task": workflow.TRANSITIONS,
        "Samples and data on loan": samples.TRANSITIONS,
        "Call for proposals": cycle.CYCLE,
        "Proposal": cycle.PROPOSAL,
        "Request to the desk": desk.TRANSITIONS,
    }
    return "\n".join(
        ["# Workflows", "", *(line for name, table in tables.items() for line in _drawn(name, table))]
    )


def _drawn(name: str, table: Table) -> list[str]:
    lines = [f"## {name}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {stage} --> {step.next}: {verb}" for (stage, verb), step in table.items()]
    lines += ["```", "", "| from | act | to | by | reason |", "|---|---|---|---|---|"]
    lines += [
        f"| {stage} | {verb} | {step.next} | {step.who} | {'needed' if step.needs_reason else ''} |"
        for (stage, verb), step in table.items()
    ]
    return [*lines, ""]


PAGES: dict[str, Callable[[], str]] = {"acts.md": acts, "states.md": states, "workflows.md": workflows}


def main() -> int:
    """Write every page anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()
    for name, write in PAGES.items():
        (ROOT / "docs" / name).write_text(HEAD + write(), encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
