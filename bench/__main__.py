"""`make bench`: every bench in turn, or those named: `python -m bench reading allocation index metrics lists`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> int:
    """Run benches that have a `main`; unknown names are refused."""
    known = [m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_")]
    runnable = [n for n in known if n in names or (not names and not n.startswith("reading_"))]
    if unknown := sorted(set(names) - set(known)):
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
        return 2
    for name in runnable:
        module = importlib.import_module(f"bench.{name}")
        if hasattr(module, "main"):
            print(f"\n── {name}", flush=True)
            module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
