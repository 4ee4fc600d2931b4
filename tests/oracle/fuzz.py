"""`python -m tests.oracle.fuzz --examples N --seed S`: random operations, as many as one has time for.

It stops at the first operation that the compiler and the oracle answer differently, made as small as can be, and prints
it with both answers.
"""

import argparse
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from tests.conftest import Templates
from tests.engines import PostgresqlEngine, SqliteEngine
from tests.oracle.cities import busy_city
from tests.oracle.comparison import DisagreementError, Engines
from tests.oracle.operations import Operation, operations
from tests.oracle.vocabulary import Vocabulary


def fuzz(engines: Engines, examples: int, number: int) -> Counter[str]:
    """Ask random operations; how many were answered, refused, or wrong in themselves. DisagreementError."""
    kinds: Counter[str] = Counter()

    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation=operations(Vocabulary.of(engines)))
    def ask(operation: Operation) -> None:
        for variables in operation.requests():
            answer = engines.agree(operation.query, variables)
            kinds["invalid" if answer.errors is None else "refused" if answer.errors else "answered"] += 1

    ask()
    return kinds


def main() -> int:
    """Fuzz until done or until something is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    # Refused operations are expected; Strawberry would log each.
    logging.getLogger("strawberry.execution").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        built = {"sqlite": SqliteEngine(Path(folder)), "postgresql": PostgresqlEngine()}
        try:
            with busy_city({name: Templates(engine) for name, engine in built.items()}) as engines:
                sys.stdout.write(f"{dict(fuzz(engines, options.examples, options.seed))}\n")
        except DisagreementError as found:
            sys.stdout.write(f"{found}\n")
            return 1
        finally:
            for engine in built.values():
                engine.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
