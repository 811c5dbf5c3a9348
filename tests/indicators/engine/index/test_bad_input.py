"""Bad input is named with where it stands and how to mend it, and the command exits with 2."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kechuang.indicators.cli import app
from kechuang.indicators.engine.index.command import run_index, run_replay, run_sensitivity

from .conftest import DATA, META, RECIPE

LOGS = '[[stage]]\nname = "normalise"\nmethod = "goalposts"\nlog = ["deals"]\n[stage.goalposts]\n' + "".join(
    f"{code} = [1, 10]\n" for code in ("talent", "papers", "cost", "deals")
)
TREAT_LOG = RECIPE.replace(
    "[[stage]]",
    '[[stage]]\nname = "treat"\nwinmax = 0\notherwise = "log"\n[[stage]]',
    1,
)
CASES = {
    "cycle": ({"meta": META.replace("index,1,1,,", "index,1,1,power,")}, ["cycle", "power → index → power"]),
    "aggregate of nothing": (
        {"meta": META + "2,idle,1,1,index,Aggregate\n"},
        ["line 9", "'idle'", "nothing below it"],
    ),
    "zero weight": ({"meta": META.replace("papers,1,2", "papers,1,0")}, ["papers", "weight 0", "line 3"]),
    "negative weight": ({"meta": META.replace("papers,1,2", "papers,1,-2")}, ["papers", "not above zero"]),
    "weight text": ({"meta": META.replace("papers,1,2", "papers,1,much")}, ["papers", "'much'", "number"]),
    "empty pillar": (
        {"data": "unit,talent,papers,cost,deals\na,1,2,,\nb,2,3,NA,\n"},
        ["pillar 'reach'", "missing"],
    ),
    "empty indicator": (
        {"data": "unit,talent,papers,cost,deals\na,1,2,,1\nb,2,3,NA,2\n"},
        ["'cost'", "missing"],
    ),
    "constant": (
        {
            "data": DATA.replace(",5,7", ",8,7")
            .replace(",3,9", ",8,9")
            .replace(",2,4", ",8,4")
            .replace(",6,3", ",8,3")
        },
        ["'cost'", "constant"],
    ),
    "duplicate unit": ({"data": DATA + "a,x,1,1,1,1,1\n"}, ["'a'", "twice", "lines 2 and 7"]),
    "unnamed unit": ({"data": DATA + ",x,1,1,1,1,1\n"}, ["line 7", "names no unit"]),
    "text in a number": ({"data": DATA.replace("40,8", "4O,8")}, ["line 4", "unit c", "'papers'", "'4O'"]),
    "thousands mark": ({"data": DATA.replace("40,8", '"4,000",8')}, ["line 4", "'4,000'", "thousands"]),
    "infinity": ({"data": DATA.replace("40,8", "inf,8")}, ["line 4", "'inf'"]),
    "log of a negative in goalposts": (
        {"recipe": LOGS, "data": DATA.replace("8,1\n", "8,-1\n")},
        ["'deals'", "-1", "c", "logarithm"],
    ),
    "log of a negative in treat": (
        {"recipe": TREAT_LOG, "data": DATA.replace("8,1\n", "8,-1\n").replace("3,9\n", "3,9000\n")},
        ["'deals'", "c", "log_shifted"],
    ),
    "unknown stage": (
        {"recipe": RECIPE.replace('"weigh"', '"wiegh"')},
        ["unknown stage 'wiegh'", "aggregate"],
    ),
    "unknown entry of the data": (
        {"recipe": '[data]\nunits = "unit"\n' + RECIPE},
        ["unknown entry 'units'", "focus, names, unit"],
    ),
    "unit that is no text": ({"recipe": "[data]\nunit = 3\n" + RECIPE}, ["unit = 3", "write unit ="]),
    "names that are no columns": (
        {"recipe": "[data]\nnames = { fr = 'x' }\n" + RECIPE},
        ["names no columns", "zh"],
    ),
    "unknown parameter": (
        {"recipe": RECIPE.replace("range =", "rnage =", 1)},
        ["normalise", "'rnage'", "range"],
    ),
    "unknown method": (
        {"recipe": RECIPE.replace('"minmax"', '"maxmin"', 1)},
        ["normalise.method", "'maxmin'", "minmax"],
    ),
    "bad range": (
        {"recipe": RECIPE.replace("[1, 100]", "[100, 1]", 1)},
        ["normalise.range", "low below high"],
    ),
    "stage twice": ({"recipe": RECIPE + '[[stage]]\nname = "weigh"\n'}, ["'weigh'", "twice"]),
    "wrong order": ({"recipe": RECIPE + '[[stage]]\nname = "impute"\n'}, ["stages stand", "end with"]),
    "not TOML": ({"recipe": "[[stage]\n"}, ["not valid TOML", "line 1"]),
    "unknown entry": ({"recipe": "stages = []\n" + RECIPE}, ["unknown entry 'stages'"]),
    "missing column": ({"data": DATA.replace("papers", "paper")}, ["no column 'papers'", "paper"]),
    "missing parent": (
        {"meta": META.replace("talent,1,1,power", "talent,1,1,powr")},
        ["parent 'powr'", "'talent'"],
    ),
    "two roots": ({"meta": META.replace("reach,1,2,index", "reach,1,2,")}, ["2 roots", "reach"]),
    "code twice": ({"meta": META + "1,cost,1,1,power,Indicator\n"}, ["'cost'", "twice"]),
    "direction": ({"meta": META.replace("cost,-1", "cost,2")}, ["'cost'", "direction 2"]),
    "ragged row": ({"data": DATA + "f,x\n"}, ["line 7", "2 cells"]),
    "not UTF-8": ({"data": DATA.replace("north", "北").encode("gb18030")}, ["UTF-8"]),
    "no rows": ({"data": "unit,talent\n"}, ["no rows"]),
    "column twice": ({"data": DATA.replace("papers", "talent")}, ["two columns 'talent'"]),
    "no unit column": ({"data": DATA.replace("unit,", "city,")}, ["unit column", "city"]),
    "bad uncertain": (
        {"recipe": RECIPE.replace("aggregate.method", "aggregate.methd")},
        ["aggregate", "'methd'"],
    ),
}


def files(folder, data=DATA, meta=META, recipe=RECIPE):
    for name, content in (("data.csv", data), ("meta.csv", meta), ("recipe.toml", recipe)):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "recipe.toml", folder / "data.csv", folder / "meta.csv", folder / "out"


def refused(capsys, act, *arguments):
    with pytest.raises(SystemExit) as stopped:
        act(*arguments)
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ") and "To mend: " in message and message.count("\n") == 1
    return message


@pytest.mark.parametrize("case", CASES)
def test_named_with_remedy(tmp_path, capsys, case):
    given, words = CASES[case]
    message = refused(capsys, run_index, *files(tmp_path, **given), [])
    for word in words:
        assert word in message, message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("normalise.methd=z", ["'methd'"]),
        ("normalize.method=z", ["unknown stage 'normalize'"]),
        ("aggregate.method", ["stage.parameter=value"]),
        ("treat.winmax=2.5", ["treat.winmax", "whole number"]),
        ("treat.winmax=-1", ["treat.winmax", "outside"]),
        ("weigh=equal", ["no table"]),
        ("impute.method=group_mean", ["impute.group"]),
        ("impute.method=carry", ["impute.time"]),
        ("denominate.by={papers='area'}", ["no column 'area'"]),
        ("denominate.by={papers='region'}", ["'north'", "line 2"]),
        ("weigh.weights={papers=0}", ["papers", "not above zero"]),
        ("weigh.weights={paper=1}", ["'paper'"]),
        ("weigh.method=budget", ["weigh.points"]),
        ("weigh.points={talent=1}", []),
        ("aggregate.nodes={papers='median'}", ["'papers'"]),
        ("screen.drop=['z']", ["'z'"]),
        ("treat.skip=['z']", ["'z'"]),
        ("normalise.method=distance_to_target", ["no target"]),
        ("normalise.method=goalposts", ["no goalposts", "'talent'"]),
    ],
)
def test_changes_on_the_command_line(tmp_path, capsys, change, words):
    if not words:
        run_index(*files(tmp_path), [change])
        return
    message = refused(capsys, run_index, *files(tmp_path), [change])
    for word in words:
        assert word in message, message


def test_geometric_mean_of_what_is_not_positive(tmp_path, capsys):
    changes = ["normalise.range=[0,100]", "aggregate.method=geometric"]
    message = refused(capsys, run_index, *files(tmp_path), changes)
    assert "geometric" in message and "'talent' is 0 for a" in message


def test_a_replicate_that_cannot_be_computed_is_named(tmp_path, capsys):
    recipe = RECIPE.replace("mean = 50", "mean = 1")
    message = refused(capsys, run_sensitivity, *files(tmp_path, recipe=recipe), [], 100, 1)
    assert "r_" in message and "mean = geometric" in message


def test_sensitivity_without_or_with_too_few(tmp_path, capsys):
    plain = RECIPE.split("[[uncertain]]")[0]
    assert "[[uncertain]]" in refused(capsys, run_sensitivity, *files(tmp_path, recipe=plain), [], 100, 1)
    assert "too few" in refused(capsys, run_sensitivity, *files(tmp_path), [], 9, 1)


@pytest.mark.parametrize(
    ("drawn", "weights", "words"),
    [
        ("replicate,mean,scale\nr1,0,0\n", None, ["no column 'weights'"]),
        ("replicate,mean,scale,weights\nr1,0,0,1\n", None, ["--weights"]),
        ("replicate,mean,scale,weights\nr1,7,0,1\n", "ok", ["line 2", "'7'", "'mean'"]),
        ("replicate,mean,scale,weights\nr1,0,0,9\n", "ok", ["line 2", "'9'"]),
        ("replicate,mean,scale,weights\nr1,0,0,1\n", "rep,iCode,Weight\n1,x,1\n", ["line 2", "'x'"]),
        ("replicate,mean,scale,weights\nr1,0,0,1\n", "rep,iCode,Weight\n1,cost,0\n", ["line 2", "'0'"]),
        ("replicate,mean,scale,weights\nr1,0,0,1\n", "rep,iCode,Weight\n1,cost,1\n", ["set 1", "no weight"]),
        ("replicate,mean,scale,weights\nr1,0,0,1\n", "rep,code\n1,cost\n", ["no column 'iCode'"]),
    ],
)
def test_replayed_settings(tmp_path, capsys, drawn, weights, words):
    codes = ("talent", "papers", "cost", "deals", "power", "reach", "index")
    good = "rep,iCode,Weight\n" + "".join(f"1,{code},1\n" for code in codes)
    (tmp_path / "settings.csv").write_text(drawn)
    if weights:
        (tmp_path / "weights.csv").write_text(good if weights == "ok" else weights)
    given = (tmp_path / "settings.csv", tmp_path / "weights.csv" if weights else None)
    message = refused(capsys, run_replay, *files(tmp_path), [], *given)
    for word in words:
        assert word in message, message


def test_command_line_writes_what_it_says(tmp_path):
    recipe, data, meta, out = map(str, files(tmp_path))
    given = [recipe, "--data", data, "--meta", meta, "-o", out]
    assert CliRunner().invoke(app, ["index", *given]).exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "01-normalised.csv",
        "02-aggregated.csv",
        "scores.csv",
        "ranks.csv",
        "weights.csv",
        "rank_intervals.csv",
    }
    assert (tmp_path / "out/ranks.csv").read_text().splitlines()[
        0
    ] == "unit,index,reach,power,deals,cost,papers,talent"
    assert CliRunner().invoke(app, ["sensitivity", *given, "--draws", "100"]).exit_code == 0
    header = (tmp_path / "out/scores.csv").read_text().splitlines()[0].split(",")
    assert header[:3] == ["unit", "nominal", "r_1"] and header[-1] == "r_100"
    assert CliRunner().invoke(app, ["index", recipe, "--data", "absent.csv", "-o", out]).exit_code == 2
    assert CliRunner().invoke(app, ["sensitivity", *given, "--weights", meta]).exit_code == 2
    assert (
        CliRunner().invoke(app, ["index", recipe, "--data", data, "-o", out]).exit_code == 2
    )  # no framework
