"""An index as a workbook: data, weights, normalised values, scores and ranks; formulas where the recipe allows."""

from __future__ import annotations

import io

import numpy as np

from kechuang.indicators.models import Recipe
from kechuang.indicators.queries.indices import Composed


def of(recipe: Recipe, found: Composed) -> bytes:
    """Min-max normalisation and arithmetic or geometric means stand as formulas, what else as values."""
    import xlsxwriter
    from xlsxwriter.utility import xl_col_to_name

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    result, tree = found.result, found.framework
    stages = list(result.stages.values())
    before, last = stages[-2] if len(stages) > 1 else stages[-1], stages[-1]
    units = [found.words_of(unit) for unit in result.units]
    _sheet(book, "Data", bold, [found.words_of(u) for u in before.units], before.codes, before.values)
    weights = book.add_worksheet("Weights")
    for x, head in enumerate(("code", "name", "parent", "weight", "direction")):
        weights.write_string(0, x, head, bold)
    place = {}
    for y, code in enumerate(tree.codes, 1):
        node = tree.by_code[code]
        place[code] = y
        for x, text in enumerate((code, found.name(code), node.parent)):
            weights.write_string(y, x, text)
        weights.write_number(y, 3, float(result.weights[y - 1]))
        weights.write_number(y, 4, node.direction)
    normal = _normalised(book, bold, found, units, last, before, place, xl_col_to_name)
    _scores(book, bold, found, units, normal, place, xl_col_to_name)
    book.close()
    return buffer.getvalue()


def _sheet(book, name: str, bold, units: list[str], codes: tuple[str, ...], values: np.ndarray) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.write_string(0, 0, "unit", bold)
    for x, code in enumerate(codes, 1):
        sheet.write_string(0, x, code, bold)
    for y, unit in enumerate(units, 1):
        sheet.write_string(y, 0, unit)
        for x, value in enumerate(values[y - 1], 1):
            if not np.isnan(value):
                sheet.write_number(y, x, float(value))


def _normalised(book, bold, found: Composed, units, last, before, place, letter) -> dict[str, str]:
    """Writes the sheet; returns the column of each code on it."""
    stage = found.recipe.stage("normalise").parameters
    plain = stage["method"] == "minmax" and "normalise" in found.result.stages
    low, high = stage["range"]
    sheet = book.add_worksheet("Normalised")
    sheet.freeze_panes(1, 1)
    sheet.write_string(0, 0, "unit", bold)
    for y, unit in enumerate(units, 1):
        sheet.write_string(y, 0, unit)
    columns = {}
    for x, code in enumerate(last.codes, 1):
        columns[code] = letter(x)
        sheet.write_string(0, x, code, bold)
        whole = f"Data!{letter(x)}$2:{letter(x)}${len(units) + 1}"
        for y in range(1, len(units) + 1):
            value = last.values[y - 1, x - 1]
            if np.isnan(value):
                continue
            cell, turn = f"Data!{letter(x)}{y + 1}", f"Weights!$E${place[code] + 1}"
            share = f"IF({turn}>0,{cell}-MIN({whole}),MAX({whole})-{cell})/(MAX({whole})-MIN({whole}))"
            if plain and not np.isnan(before.values[y - 1, x - 1]):
                sheet.write_formula(y, x, f"={low}+({high}-{low})*{share}", None, float(value))
            else:
                sheet.write_number(y, x, float(value))
    return columns


def _scores(book, bold, found: Composed, units, normal: dict[str, str], place, letter) -> None:
    """One column a node above the indicators, children first, and the rank of the index."""
    tree, given = found.framework, found.recipe.stage("aggregate").parameters
    sheet = book.add_worksheet("Scores")
    sheet.freeze_panes(1, 1)
    sheet.write_string(0, 0, "unit", bold)
    for y, unit in enumerate(units, 1):
        sheet.write_string(y, 0, unit)
    common = found.recipe.stage("weigh").parameters["method"] != "benefit_of_the_doubt"
    above, own = [code for code in tree.codes if code in tree.children], {}
    for x, code in enumerate(above, 1):
        own[code] = letter(x)
        sheet.write_string(0, x, code, bold)
        for y in range(1, len(units) + 1):
            value = found.result.values[code][y - 1]
            if np.isnan(value):
                continue
            method = given["nodes"].get(code, given["method"])
            below = tree.children[code]
            whole = all(not np.isnan(found.result.values[child][y - 1]) for child in below)
            cells = [f"{own[c]}{y + 1}" if c in own else f"Normalised!{normal[c]}{y + 1}" for c in below]
            shares = [f"Weights!$D${place[c] + 1}" for c in below]
            formula = _formula(method, cells, shares) if whole and common else ""
            if formula:
                sheet.write_formula(y, x, formula, None, float(value))
            else:
                sheet.write_number(y, x, float(value))
    rank, top = len(above) + 1, own[tree.index]
    sheet.write_string(0, rank, "rank", bold)
    for y in range(1, len(units) + 1):
        if not np.isnan(found.result.scores[y - 1]):
            value = int(found.result.ranks[tree.index][y - 1])
            sheet.write_formula(y, rank, f"=RANK({top}{y + 1},{top}$2:{top}${len(units) + 1})", None, value)


def _formula(method: str, cells: list[str], shares: list[str]) -> str:
    total = "+".join(shares)
    if method == "arithmetic":
        return f"=({'+'.join(f'{c}*{w}' for c, w in zip(cells, shares, strict=True))})/({total})"
    if method == "geometric":
        logs = "+".join(f"{w}*LN({c})" for c, w in zip(cells, shares, strict=True))
        return f"=EXP(({logs})/({total}))"
    return ""
