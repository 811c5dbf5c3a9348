"""Where the checkout stands and where everything that is loaded or uploaded goes."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(os.environ.get("KECHUANG_ROOT", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("KECHUANG_VAR", ROOT / "var"))
