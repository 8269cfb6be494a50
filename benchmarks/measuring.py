"""Measuring two ways of doing a thing by turns, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

__all__ = [
    "Contender",
    "Figure",
    "Target",
    "Timed",
    "at_least",
    "at_most",
    "compare",
    "format_figure",
    "format_heading",
    "quartiles",
    "run_by_turns",
    "summarise",
]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is wanted to be: at most or at least a bound."""

    relation: str
    bound: float

    def is_met_by(self, value: float) -> bool:
        """Whether a value is as it is wanted."""
        return value <= self.bound if self.relation == "at most" else value >= self.bound


def at_most(bound: float) -> Target:
    """Not more than a bound."""
    return Target("at most", bound)


def at_least(bound: float) -> Target:
    """Not less than a bound."""
    return Target("at least", bound)


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing a thing.

    Attributes:
        name: What people call it.
        run: Does it once.
        amount: How much of the thing that is.
    """

    name: str
    run: Callable[[], object]
    amount: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured.

    Attributes:
        subject: What was done.
        value: What the target speaks of.
        unit: What the value counts.
        target: What it is wanted to be; None where it is only told.
        spread: The quarter and the three quarters of the rounds' values, where there were rounds.
        rates: How much of the thing each contender does in a second, by name: the median of the rounds.
        times: Milliseconds, by name.
    """

    subject: str
    value: float
    unit: str
    target: Target | None = None
    spread: tuple[float, float] | None = None
    rates: dict[str, float] | None = None
    times: dict[str, float] | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None else self.target.is_met_by(self.value)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain data."""
        return asdict(self) | {"met": self.is_met}


def compare(
    subject: str,
    ours: Contender,
    other: Contender,
    *,
    rounds: int,
    faster: bool,
    target: Target | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Figure:
    """Run both by turns, and give the ratio of the two.

    Each round has a ratio of its own, because what else the machine does slows neighbours alike; of the ratios the
    median is taken, so that a round in which it slowed only one of them does not matter.

    Args:
        subject: What is done.
        ours: How we do it.
        other: What it is compared with.
        rounds: How often each is run.
        faster: Whether the ratio says how many times as fast ours is; otherwise, how many times as long it takes.
        target: What the ratio is wanted to be.
        clock: Tells the seconds; those on the wall by default.
    """
    mine, theirs = run_by_turns((ours, other), rounds=rounds, clock=clock)
    return summarise(subject, (ours, mine), (other, theirs), faster=faster, target=target)


def run_by_turns(
    contenders: Sequence[Contender], *, rounds: int, clock: Callable[[], float] = perf_counter
) -> list[list[float]]:
    """Run all of them by turns, A B C A B C; gives of each contender the seconds of its runs."""
    taken: list[list[float]] = [[] for _ in contenders]
    for _ in range(rounds):
        for contender, seconds in zip(contenders, taken, strict=True):
            start = clock()
            contender.run()
            seconds.append(clock() - start)
    return taken


Timed = tuple[Contender, list[float]]
"""A contender, and the seconds of its rounds."""


def summarise(subject: str, ours: Timed, other: Timed, *, faster: bool, target: Target | None = None) -> Figure:
    """The ratio of two that ran by turns; see `compare`."""
    mine, theirs = ([seconds / contender.amount for seconds in taken] for contender, taken in (ours, other))
    ratios = [b / a if faster else a / b for a, b in zip(mine, theirs, strict=True)]
    return Figure(
        subject=subject,
        value=median(ratios),
        unit="times as fast" if faster else "times as long",
        target=target,
        spread=quartiles(ratios),
        rates={ours[0].name: 1 / median(mine), other[0].name: 1 / median(theirs)},
    )


def quartiles(values: list[float]) -> tuple[float, float]:
    """The quarter and the three quarters of some values."""
    if len(values) == 1:
        return values[0], values[0]
    first, _, third = quantiles(values, n=4, method="inclusive")
    return first, third


_LAYOUT = "{:<64}  {:>22}  {:>13}  {:<22}  {}"


def format_heading() -> str:
    """The head of the table of figures."""
    return _LAYOUT.format("what", "figure", "half of rounds", "target", "a second")


def format_figure(figure: Figure) -> str:
    """A figure as a row of the table."""
    target = f"{figure.target.relation} {_short(figure.target.bound)}, " if figure.target else ""
    met = {True: "met", False: "MISSED", None: ""}[figure.is_met]
    spread = "–".join(map(_short, figure.spread)) if figure.spread else ""
    rates = [f"{name} {_short(rate)}" for name, rate in (figure.rates or {}).items()]
    times = [f"{name} {_short(time)} ms" for name, time in (figure.times or {}).items()]
    value, beside = f"{_short(figure.value)} {figure.unit}", "; ".join(rates + times)
    return _LAYOUT.format(figure.subject, value, spread, target + met, beside).rstrip()


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2f}"
