"""Write docs/states.md from the tables in the code: rules of states, life of a task, acts and roles.

python tools/write_docs.py [--check]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "states.md"
MEANING = {
    "reached": "the promised value is reached (a ceiling: only once its time is over), or the thing was accepted",
    "nothing_known": "nothing is measured, nobody has started or reported; and nobody who owes it has let its day pass",
    "overdue": "the due date is over and it is not reached",
    "suspended": "the task, or one the promise depends on, is suspended",
    "forecast_after_due": "the responsible organisation expects to finish after the due date",
    "behind_path": "the measured value is behind the straight path from baseline to target",
    "no_report": "nothing is measured and no report came for the agreed number of days",
    "on_the_way": "everything else",
}


def page() -> str:
    return "\n\n".join(["# States, task life, acts and roles", _states(), _life(), _acts()]) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _states() -> str:
    from kechuang.plan.engine.state import RULES

    rows = [[str(i), name, state.value, MEANING[name]] for i, (name, state, _) in enumerate(RULES, 1)]
    words = "The first rule that holds decides (`kechuang.plan.engine.state`). Nobody sets a state by hand."
    return f"## States\n\n{words}\n\n{_table(['', 'rule', 'state', 'holds when'], rows)}"


def _life() -> str:
    from kechuang.plan.engine.workflow import TRANSITIONS

    rows = [
        [stage.value, verb, step.role, step.next.value, "yes" if step.needs_reason else ""]
        for (stage, verb), step in TRANSITIONS.items()
    ]
    head = ["stage", "verb", "who", "next stage", "needs a reason"]
    return f"## Life of a task\n\n{_table(head, rows)}"


def _acts() -> str:
    from kechuang.core.acts import ACTS
    from kechuang.core.models import Role

    roles = [role.value for role in Role]
    rows = [
        [f"`{verb}`", *("×" if role in act.roles else "" for role in roles)]
        for verb, act in sorted(ACTS.items())
    ]
    return f"## Acts and roles\n\n{_table(['act', *roles], rows)}"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()
    text = page()
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.stderr.write("docs/states.md is out of date: run python tools/write_docs.py\n")
            return 1
        return 0
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
