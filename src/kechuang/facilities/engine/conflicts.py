"""Who may not judge whom: co-authors, the same organisation, the chief of it, and what a member declared."""

from __future__ import annotations

from collections.abc import Collection


def conflict(
    judge: int,
    judge_organisations: Collection[int],
    authors: Collection[int],
    author_organisations: Collection[int],
    declared: Collection[int],
    earlier_coauthors: Collection[int] = (),
) -> str:
    """ "" when the judge may judge, else why not: author, coauthor, organisation or declared (strongest first).

    `earlier_coauthors`: people who wrote another proposal together with one of the authors.
    """
    if judge in authors:
        return "author"
    if judge in earlier_coauthors:
        return "coauthor"
    if set(judge_organisations) & set(author_organisations):
        return "organisation"
    return "declared" if judge in declared else ""


def ranking(scores: dict[int, list[int]]) -> list[tuple[int, int, int]]:
    """(proposal, mean grade in hundredths rounded half up, rank), best first; equal means share a rank; ungraded
    ones are left out."""
    means = {
        key: (200 * sum(points) + len(points)) // (2 * len(points))
        for key, points in scores.items()
        if points
    }
    ordered = sorted(means.items(), key=lambda item: (-item[1], item[0]))
    return [(key, mean, 1 + sum(other > mean for other in means.values())) for key, mean in ordered]


def above_the_line(ranked: list[tuple[int, int]], ceiling: int | None) -> set[int]:
    """Proposals (id, hours), best first, that fit under the panel's hours one after another."""
    room, chosen = ceiling, set()
    for key, hours in ranked:
        if room is None or hours <= room:
            chosen.add(key)
            room = None if room is None else room - hours
    return chosen
