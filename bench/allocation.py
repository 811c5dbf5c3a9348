"""Allocation: ours, plain greedy and plain CP-SAT on the same instances, over seeds, under the same bound.

python -m bench.allocation [--full] [--seeds 5] [--seconds 8] [--kinds beamlines telescopes] [--files FILE …]
Prints, for each instance, the gap of each method to our certified bound and its value relative to plain greedy; medians
over the seeds. The short default (about ten minutes) shows the ratios; the figures that are promised need `--full`
(60 s a run, and 2,000 requests on 20 facilities in 5 minutes: about two hours).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from kechuang.facilities.engine.allocation.generate import Extras, generate
from kechuang.facilities.engine.allocation.greedy import by_density
from kechuang.facilities.engine.allocation.instance import Instance
from kechuang.facilities.engine.allocation.layout import Layout
from kechuang.facilities.engine.allocation.parse import read_instance
from kechuang.facilities.engine.allocation.solve import allocate

SHARED = Path(__file__).resolve().parents[1] / "../shared/data/allocation"
FACILITIES = {"beamlines": 8, "telescopes": 4}
ALL_RULES = Extras(4, 12, 5, 3, 40, 20, 0.05)


def plain_cp_sat(instance: Instance, seconds: float, seed: int) -> float:
    """The value CP-SAT reaches alone: one optional interval per allowed range of starts, no overlap per facility.

    It is given the slots only, without shares, changeover, groups and order, so it has the easier problem.
    """
    from ortools.sat.python import cp_model

    begun, layout, model = time.monotonic(), Layout(instance), cp_model.CpModel()
    lines, objective = [[] for _ in instance.facilities], []
    for i, cells in enumerate(layout.cells):
        length, taken = int(layout.duration[i]), []
        for facility, _, first, last in cells:
            runs, start = model.new_bool_var(""), model.new_int_var(first, last, "")
            lines[facility].append(model.new_optional_fixed_size_interval_var(start, length, runs, ""))
            taken.append(runs)
        model.add_at_most_one(taken)
        objective += [int(instance.requests[i].value * layout.scale) * runs for runs in taken]
    for line in lines:
        model.add_no_overlap(line)
    model.maximize(sum(objective))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 2, seed
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - begun))
    status = solver.solve(model)
    return solver.objective_value / layout.scale if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 0.0


def measure(name: str, instance: Instance, seconds: float, seeds: range, bare: bool) -> None:
    """Print one line an instance; `bare`: it has no rules, so that plain CP-SAT solves the same problem."""
    greedy = float(by_density(Layout(instance)).value)
    plans, took, alone = [], [], []
    for seed in seeds:
        begun = time.monotonic()
        plans.append(allocate(instance, seconds, seed, time.monotonic))
        took.append(time.monotonic() - begun)
        if bare:
            alone.append(plain_cp_sat(instance, seconds, seed))
    if any(plan.relax for plan in plans):
        print(f"{name:28} no plan in {sum(bool(plan.relax) for plan in plans)} of {len(plans)} seeds")
        return
    bound, ours = min(plan.bound for plan in plans), median(plan.value for plan in plans)
    worst = max(plan.gap for plan in plans)
    line = f"{name:28} bound {bound:12,.1f}  ours gap {1 - ours / bound:6.2%} (worst {worst:6.2%})"
    line += f" ×greedy {ours / greedy:.4f}  greedy gap {1 - greedy / bound:6.2%}"
    if alone:
        line += f"  CP-SAT gap {1 - median(alone) / bound:6.2%} ×greedy {median(alone) / greedy:.4f}"
    print(f"{line}  {max(took):5.1f} s", flush=True)


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="60 s a run, and the large instance")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, help="a run; 8, with --full 60")
    parser.add_argument("--kinds", nargs="*", choices=FACILITIES, default=list(FACILITIES))
    parser.add_argument("--files", nargs="*", type=Path, default=sorted(SHARED.glob("*.json")))
    chosen = parser.parse_args(arguments)
    seeds, seconds = range(1, chosen.seeds + 1), chosen.seconds or (60 if chosen.full else 8)
    print(f"{len(seeds)} seeds, {seconds:g} s a run")
    for path in chosen.files:
        measure(path.stem, read_instance(path.read_bytes()), seconds, seeds, bare=True)
    for kind in chosen.kinds:
        for label, extras in (("unseen", Extras()), ("all rules", ALL_RULES)):
            data = generate(kind, 600, FACILITIES[kind], 1.4, 101, extras)
            measure(f"{kind} {label}", read_instance(json.dumps(data)), seconds, seeds, extras == Extras())
    if chosen.full:
        data = generate("beamlines", 2000, 20, 1.4, 101, Extras())
        measure("beamlines 2000 on 20", read_instance(json.dumps(data)), 5 * seconds, seeds, bare=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
