"""A centre's folder is held against itself before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from kechuang.site.reference.folder import Centre, CentreError, folder_of

SOUND = """
name_zh = "某中心"
name_en = "A centre"
horizons = [2030]

[[organisations]]
code = "office"
name_zh = "办公室"

[[documents]]
code = "plan"
file = "plan.txt"
title = "规划"
issuer = "office"
"""


def _folder(tmp_path: Path, text: str) -> Centre:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/plan.txt").write_text("到2030年，建成。", encoding="utf-8")
    (tmp_path / "centre.toml").write_text(text, encoding="utf-8")
    return Centre(folder_of(str(tmp_path)))


def test_a_sound_folder_passes(tmp_path):
    _folder(tmp_path, SOUND).check()
    Centre(folder_of("beijing")).check()


@pytest.mark.parametrize(
    ("former", "new", "named"),
    [
        ('issuer = "office"', 'issuer = "nobody"', "issuer 'nobody'"),
        ('file = "plan.txt"', 'file = "gone.txt"', "documents/gone.txt"),
        ("horizons = [2030]", "", "horizons is missing"),
    ],
)
def test_what_does_not_hold_together_is_named(tmp_path, former, new, named):
    with pytest.raises(CentreError, match=r"centre\.toml") as error:
        _folder(tmp_path, SOUND.replace(former, new)).check()
    assert named in str(error.value)


def test_what_is_no_toml_or_no_centre_is_named(tmp_path):
    with pytest.raises(CentreError, match="Invalid value"):
        _folder(tmp_path, "name_zh = ")
    with pytest.raises(CentreError, match="known are beijing"):
        folder_of("nowhere")
