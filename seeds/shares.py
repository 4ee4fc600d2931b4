"""Whole shares of a whole: how exact totals come from construction."""

from collections.abc import Sequence
from math import floor


def share_out(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Split ``total`` by ``weights`` into whole parts that add up to it, largest remainders first.

    ``caps`` are the parts' upper limits; what does not fit goes to the others. ValueError where nothing can take it.
    """
    limits = [total] * len(weights) if caps is None else list(caps)
    parts = [0] * len(weights)
    left = total
    while left:
        open_ = [at for at, weight in enumerate(weights) if weight > 0 and parts[at] < limits[at]]
        if not open_:
            message = f"{left} of {total} fit nowhere"
            raise ValueError(message)
        whole = sum(weights[at] for at in open_)
        exact = {at: left * weights[at] / whole for at in open_}
        taken = {at: min(floor(exact[at]), limits[at] - parts[at]) for at in open_}
        if not any(taken.values()):
            for at in sorted(open_, key=lambda at: (-exact[at], at))[:left]:
                taken[at] = 1
        for at, more in taken.items():
            parts[at] += more
        left -= sum(taken.values())
    return parts
