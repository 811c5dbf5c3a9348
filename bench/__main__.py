"""`make bench`: every bench in turn, each in a process of its own; `python -m bench NAME [its own options]` runs one."""

from __future__ import annotations

import subprocess
import sys

BENCHES = ("reading", "index", "metrics", "catalogue", "plan", "allocation")


def main(arguments: list[str]) -> int:
    """The first failure's exit code; a bench that fails does not keep the others from running."""
    name, *options = arguments or [""]
    if name and name not in BENCHES:
        print(f"unknown: {name}; known: {', '.join(BENCHES)}")
        return 2
    codes = []
    for bench in [name] if name else BENCHES:
        print(f"\n── {bench}", flush=True)
        codes.append(
            subprocess.run([sys.executable, "-m", f"bench.{bench}", *options], check=False).returncode
        )
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
