"""JioNLP and recognizers-text on documents handed over as JSON; run by the interpreter of `.venv-bench`.

In: one JSON list of {"text", "date"}; out: one JSON object a peer: seconds and, for each document, the quantities
[start, end, value, unit] and periods [start, end, first, last] it found. A unit of null means: the peer gives none.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from datetime import date, datetime, timedelta

warnings.simplefilter("ignore")


def lines(text: str):
    """Each line with its offset: both peers are made for sentences rather than documents."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, line.rstrip("\n")
        at += len(line)


def jionlp_reader():
    import jionlp

    def money(line: str):
        for found in jionlp.ner.extract_money(line, with_parsing=True) or []:
            detail, (start, end) = found["detail"], found["offset"]
            number = detail.get("num")
            yield start, end, number if isinstance(number, str) else None, detail.get("case")

    def times(line: str, day: date):
        base = {"year": day.year, "month": day.month, "day": day.day}
        for found in jionlp.ner.extract_time(line, time_base=base) or []:
            days = found["detail"].get("time")
            if isinstance(days, list) and all(isinstance(d, str) for d in days):
                yield *found["offset"], *(d[:10] for d in days)

    return money, times


def recognizers_reader():
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    currencies = {"Chinese yuan": "元", "United States dollar": "美元"}

    def quantities(line: str):
        taken = []
        for recognise in (recognize_currency, recognize_percentage, recognize_dimension, recognize_number):
            for r in recognise(line, Culture.Chinese):
                start, end = r.start, r.end + 1
                if any(start < b and a < end for a, b in taken) or not (r.resolution or {}).get("value"):
                    continue
                taken.append((start, end))
                value, unit = r.resolution["value"], r.resolution.get("unit")
                if value.endswith("%"):
                    value, unit = value[:-1], "%"
                yield start, end, value, currencies.get(unit, unit)

    def times(line: str, day: date):
        for r in recognize_datetime(line, Culture.Chinese, reference=datetime(day.year, day.month, day.day)):
            value = (r.resolution or {}).get("values", [{}])[0]
            if value.get("type") == "date" and "value" in value:
                yield r.start, r.end + 1, value["value"], value["value"]
            elif value.get("type") == "daterange" and "start" in value and "end" in value:
                last = date.fromisoformat(value["end"]) - timedelta(days=1)
                yield r.start, r.end + 1, value["start"], last.isoformat()

    return quantities, times


PEERS = {"JioNLP": jionlp_reader, "recognizers-text": recognizers_reader}


def run(make, documents: list[dict]) -> dict:
    """Warm up, then read all documents; a document the peer stumbles over on a line loses that line only."""
    quantities, times = make()
    list(quantities("投资3亿元。"))
    list(times("2020年3月", date(2020, 1, 1)))
    found, failures = [], 0
    before = time.process_time()
    for document in documents:
        result = {"quantities": [], "periods": []}
        for at, line in lines(document["text"]):
            try:
                result["quantities"] += [(at + s, at + e, v, u) for s, e, v, u in quantities(line)]
                day = date.fromisoformat(document["date"])
                result["periods"] += [(at + s, at + e, a, b) for s, e, a, b in times(line, day)]
            except Exception:  # a peer's own crash is its result for the line, and is counted
                failures += 1
        found.append(result)
    return {"seconds": time.process_time() - before, "documents": found, "failures": failures}


def main() -> None:
    documents = json.load(sys.stdin)
    answer = {}
    for name, make in PEERS.items():
        try:
            answer[name] = run(make, documents)
        except ImportError as missing:
            answer[name] = {"missing": str(missing)}
    print("\n" + json.dumps(answer))


if __name__ == "__main__":
    main()
