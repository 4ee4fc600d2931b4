"""What became of a graduating cohort."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schema.rules.indicators import Figure


class Destination(StrEnum):
    """What a graduate does."""

    FURTHER_STUDY = "FURTHER_STUDY"
    EMPLOYED = "EMPLOYED"
    STUDY_AND_WORK = "STUDY_AND_WORK"
    UNEMPLOYED = "UNEMPLOYED"
    INACTIVE = "INACTIVE"
    UNKNOWN = "UNKNOWN"


EMPLOYED = frozenset({Destination.EMPLOYED, Destination.STUDY_AND_WORK})
"""Who counts as employed: any work, study beside it or not (as the International Labour Organization counts)."""


@dataclass(frozen=True)
class Graduate:
    """One graduate's destination, and the code of the occupation where it is known."""

    destination: Destination
    occupation: str | None = None


@dataclass(frozen=True)
class CohortDestinations:
    """How many took each path, whichever were taken by none included, and how many of those at work matched."""

    counts: tuple[tuple[Destination, int], ...]
    job_match: Figure
    """Employed in a local target occupation, over employed with a known occupation."""
    unemployment: Figure
    """Unemployed, over employed and unemployed."""

    @property
    def response(self) -> Figure:
        """Graduates whose destination is known, over all."""
        everyone = sum(count for _, count in self.counts)
        return Figure(everyone - dict(self.counts)[Destination.UNKNOWN], everyone)

    def share_of_all(self, destination: Destination) -> Figure:
        """One destination over the whole cohort."""
        return Figure(dict(self.counts)[destination], self.response.denominator)

    def share_of_known(self, destination: Destination) -> Figure | None:
        """One destination over those whose destination is known; None for `UNKNOWN` itself."""
        if destination is Destination.UNKNOWN:
            return None
        return Figure(dict(self.counts)[destination], self.response.count)


def summarise_destinations(
    graduates: Iterable[Graduate], targets: frozenset[str], employed: frozenset[Destination] = EMPLOYED
) -> CohortDestinations:
    """The cohort's destinations, against the occupations the city's blueprint names as local targets."""
    cohort = tuple(graduates)
    counts = Counter(graduate.destination for graduate in cohort)
    jobs = [graduate.occupation for graduate in cohort if graduate.destination in employed and graduate.occupation]
    at_work = sum(counts[destination] for destination in employed)
    return CohortDestinations(
        counts=tuple((destination, counts[destination]) for destination in Destination),
        job_match=Figure(sum(job in targets for job in jobs), len(jobs)),
        unemployment=Figure(counts[Destination.UNEMPLOYED], at_work + counts[Destination.UNEMPLOYED]),
    )
