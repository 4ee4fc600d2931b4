"""`python -m tests.oracle.fuzz --examples N --seed S [--role R]`: random operations, as many as one has time for.

They are shared out to processes, each with databases of its own, and asked in rounds, a seed each. It stops at the first
operation that the compiler and the oracle answer differently, made as small as can be, and prints it with both answers.
"""

import argparse
import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from tests.conftest import Templates
from tests.engines import PostgresqlEngine, SqliteEngine
from tests.oracle.cities import busy_city
from tests.oracle.comparison import DisagreementError, Engines
from tests.oracle.identities import identities
from tests.oracle.operations import Operation, operations
from tests.oracle.vocabulary import Vocabulary

ROUND = 500
"""Operations of one seed: what Hypothesis remembers of them is let go after each round."""


def fuzz(engines: Engines, vocabulary: Vocabulary, examples: int, number: int) -> Counter[str]:
    """Ask random operations of the vocabulary; how many requests were answered, refused, or wrong in themselves. DisagreementError."""
    kinds: Counter[str] = Counter()

    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation=operations(vocabulary))
    def ask(operation: Operation) -> None:
        kinds["operations"] += 1
        for variables in operation.requests():
            try:
                answer = engines.agree(operation.query, variables)
            except Exception as found:
                if not kinds["different"]:
                    told = f"{type(found).__name__}: {found}\n{operation.query}\n{variables}"
                    sys.stdout.write(f"seed {number}, still to be made smaller: {told}\n")
                    sys.stdout.flush()
                kinds["different"] += 1
                raise
            kinds["invalid" if answer.errors is None else "refused" if answer.errors else "answered"] += 1

    ask()
    return kinds


def share(rounds: list[tuple[int, int]], role: str | None) -> Counter[str]:
    """One process's rounds, each a seed and a number of operations, asked as the identities of a role in turn."""
    # Refused operations are expected; Strawberry would log each.
    logging.getLogger("strawberry.execution").setLevel(logging.CRITICAL)
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        built = {"sqlite": SqliteEngine(Path(folder)), "postgresql": PostgresqlEngine()}
        try:
            with busy_city({name: Templates(engine) for name, engine in built.items()}) as engines:
                whole = Vocabulary.of(engines)
                known = identities(engines.engines[0].oracle.rows).items()
                asking = [engines.seen_by(who) for name, who in known if role and name.startswith(role)] or [engines]
                for number, examples in rounds:
                    seen = asking[number % len(asking)]
                    kinds += fuzz(seen, whole.of_role(seen), examples, number)
                    sys.stdout.write(f"seed {number}: {dict(kinds)} so far in process {os.getpid()}\n")
                    sys.stdout.flush()
        finally:
            for engine in built.values():
                engine.stop()
    return kinds


def rounds_of(examples: int, first: int) -> Iterator[tuple[int, int]]:
    """The seeds, and how many operations of each."""
    for place, begun in enumerate(range(0, examples, ROUND)):
        yield first + place, min(ROUND, examples - begun)


def main() -> int:
    """Fuzz until done or until something is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0, help="of the first round; the next has the next")
    parser.add_argument("--role", help="ask as the identities of this role, a round each; without it, all is read")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    rounds = list(rounds_of(options.examples, options.seed))
    shares = [part for number in range(options.processes) if (part := rounds[number :: options.processes])]
    kinds: Counter[str] = Counter()
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
        try:
            for done in as_completed([pool.submit(share, part, options.role) for part in shares]):
                kinds += done.result()
        except DisagreementError as found:
            pool.shutdown(wait=False, cancel_futures=True)
            sys.stdout.write(f"{found}\n")
            return 1
    sys.stdout.write(f"no difference: {dict(kinds)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
