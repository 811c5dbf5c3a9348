"""`kechuang facilities`: allocate time, generate instances. File in, file out; no database."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

EXIT, EXIT_SHARE = 1.0, 0.01  # seconds, and share of the limit, kept for writing the plan and leaving Python

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def facilities() -> None:
    """Allocate time on facilities; generate instances."""


@app.command()
def allocate(
    instance: Annotated[Path, typer.Argument(help="Instance in JSON.")],
    seconds: Annotated[float, typer.Option(min=1, help="Wall-clock limit for the whole command.")] = 60,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random choices.")] = 1,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the plan here, not to stdout.")
    ] = None,
) -> None:
    """Plan who runs where and when, with a bound that no plan can beat and a reason for everyone left out.

    Exit codes: 0 plan, 2 bad input, 3 no plan keeps every rule (`relax` names the smallest set to relax).
    """
    ends = time.monotonic() + seconds * (1 - EXIT_SHARE) - _age() - EXIT
    from kechuang.facilities.engine.allocation.instance import BadInstance
    from kechuang.facilities.engine.allocation.parse import read_instance
    from kechuang.facilities.engine.allocation.solve import allocate as solve

    try:
        problem = read_instance(instance.read_bytes())
    except OSError as error:
        raise _refusal(f"{instance}: cannot be read ({error.strerror}); check the path") from None
    except BadInstance as error:
        raise _refusal(*(f"{instance}: {line}" for line in error.problems)) from None
    stopping = _stop_on_interrupt()
    plan = solve(
        problem,
        max(0.0, ends - time.monotonic()),
        seed,
        time.monotonic,
        _progress(),
        lambda: bool(stopping),
    )
    _write(plan.as_json(), output)
    if plan.relax:
        typer.echo(f"No plan keeps every rule. Relax: {', '.join(plan.relax)}", err=True)
        raise typer.Exit(3)


def _age() -> float:
    """Seconds since this process began, starting Python and imports included."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):  # no Linux: at least what the processor has spent
        return time.process_time()


def _refusal(*lines: str) -> typer.Exit:
    for line in lines:
        typer.echo(line, err=True)
    return typer.Exit(2)


def _stop_on_interrupt() -> list[int]:
    """A list that fills when the user presses Ctrl-C; the run then ends with the best plan so far."""
    stopping: list[int] = []

    def note(number, frame) -> None:
        stopping.append(number)

    signal.signal(signal.SIGINT, note)
    return stopping


def _progress():
    """A line on a terminal that follows the run; nothing when stderr is a file."""
    if not sys.stderr.isatty():
        return lambda progress: None

    def show(progress) -> None:
        gap = (progress.bound - progress.value) / progress.bound if progress.bound else 0.0
        line = f"{progress.seconds:6.1f} s  value {progress.value:,.1f}  bound {progress.bound:,.1f}  gap {gap:.2%}"
        print(f"\r{line}  round {progress.rounds}", end="", file=sys.stderr, flush=True)  # noqa: T201

    return show


def _write(data: dict, output: Path | None) -> None:
    text = json.dumps(data, ensure_ascii=False) + "\n"
    if output is None:
        sys.stdout.write(text)
        return
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        raise _refusal(f"{output}: cannot be written ({error.strerror}); choose another path") from None


class Kind(StrEnum):
    beamlines = "beamlines"
    telescopes = "telescopes"


@app.command()
def generate(
    kind: Annotated[Kind, typer.Option(help="Half a year of 8-hour shifts, or a week of 300-second slots.")],
    requests: Annotated[int, typer.Option(min=1)] = 600,
    facilities: Annotated[int, typer.Option(min=1)] = 8,
    load: Annotated[float, typer.Option(min=0.01, help="Slots asked for / open slots.")] = 1.4,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    partners: Annotated[int, typer.Option(min=0, help="Partners with a min and a max share.")] = 0,
    organisations: Annotated[int, typer.Option(min=0, help="Organisations with a cap.")] = 0,
    disciplines: Annotated[int, typer.Option(min=0, help="Disciplines with a floor.")] = 0,
    setups: Annotated[int, typer.Option(min=0, help="Set-ups with changeover between them.")] = 0,
    groups: Annotated[int, typer.Option(min=0, help="Pairs placed whole or not at all.")] = 0,
    chains: Annotated[int, typer.Option(min=0, help="Pairs of which the second runs after the first.")] = 0,
    reserve: Annotated[float, typer.Option(min=0, max=0.9, help="Share of open time kept empty.")] = 0.0,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to stdout.")] = None,
) -> None:
    """Make a synthetic instance of one of two kinds."""
    from kechuang.facilities.engine.allocation.generate import Extras
    from kechuang.facilities.engine.allocation.generate import generate as make

    extras = Extras(partners, organisations, disciplines, setups, groups, chains, reserve)
    try:
        data = make(kind.value, requests, facilities, load, seed, extras)
    except ValueError as error:
        raise _refusal(str(error)) from None
    _write(data, output)
