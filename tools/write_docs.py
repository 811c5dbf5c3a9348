"""The pages of docs/ that follow from the code: acts, states, workflows. `make docs` writes them; a test compares them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from kechuang.core.folders import ROOT

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
            who = ", ".join(sorted(map(str, act.roles))) or "the platform"
            lines.append(f"| `{verb}` | {act.summary.replace('|', '/')} | {who} |")
        lines.append("")
    return "\n".join(lines)


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
    """The life of a task as a table and a drawing."""
    from kechuang.plan.engine.workflow import TRANSITIONS

    lines = ["# Workflows", "", "## Task", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {stage} --> {step.next}: {verb}" for (stage, verb), step in TRANSITIONS.items()]
    lines += ["```", "", "| from | act | to | by | reason |", "|---|---|---|---|---|"]
    lines += [
        f"| {stage} | {verb} | {step.next} | {step.role} | {'needed' if step.needs_reason else ''} |"
        for (stage, verb), step in TRANSITIONS.items()
    ]
    return "\n".join([*lines, ""])


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
