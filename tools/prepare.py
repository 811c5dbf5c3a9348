"""What tests of pages need before they start: browser assets and compiled translations."""

from __future__ import annotations

from kechuang.core.assets import ensure_assets
from kechuang.core.folders import ROOT
from kechuang.core.translations import compile_all


def prepare() -> None:
    """Bring both up to date; seconds when nothing changed. Raises AssetsError without a network the first time."""
    ensure_assets(ROOT)
    compile_all()


if __name__ == "__main__":
    prepare()
