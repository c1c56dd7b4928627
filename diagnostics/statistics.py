"""Confidence limits of proportions and of counts, in closed form. Pure functions of floats, no dependency.

Wilson: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », JASA 22, 1927.
Byar: N. E. Breslow and N. E. Day, « Statistical Methods in Cancer Research », vol. II, IARC, 1987, p. 69.
Exact Poisson limits: F. Garwood, « Fiducial limits for the Poisson distribution », Biometrika 28, 1936.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

EXACT_BELOW = 10


@dataclass(frozen=True)
class Limits:
    """The two ends of a confidence interval."""

    lower: float
    upper: float


def z_score(confidence: float) -> float:
    """The standard normal quantile of a two-sided interval: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(numerator: float, denominator: float, *, confidence: float = 0.95) -> Limits:
    """Wilson limits of a proportion, between 0 and 1. Raises ValueError unless 0 ≤ numerator ≤ denominator, > 0."""
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} / {denominator} is not a proportion")
    z = z_score(confidence)
    share, square = numerator / denominator, z * z
    centre = 2 * denominator * share + square
    spread = z * math.sqrt(square + 4 * denominator * share * (1 - share))
    scale = 2 * (denominator + square)
    return Limits((centre - spread) / scale, (centre + spread) / scale)


def byar(count: float, *, confidence: float = 0.95) -> Limits:
    """Byar's limits of a Poisson count. Raises ValueError when it is negative."""
    if count < 0:
        raise ValueError(f"{count} is not a count")
    z = z_score(confidence)
    # Few events and a high confidence would give a limit below zero: a count has none.
    lower = max(0.0, count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3) if count else 0.0
    above = count + 1
    return Limits(lower, above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3)


def exact_poisson(count: int, *, confidence: float = 0.95) -> Limits:
    """Garwood's exact limits of a Poisson count: half of two chi-square quantiles."""
    if count < 0:
        raise ValueError(f"{count} is not a count")
    tail = (1 - confidence) / 2
    lower = _gamma_quantile(count, tail) if count else 0.0
    return Limits(lower, _gamma_quantile(count + 1, 1 - tail))


def rate(count: int, population: float, *, per: float = 100_000, confidence: float = 0.95) -> Limits:
    """Limits of a crude rate: exact below 10 events, Byar from 10 on. Raises ValueError without population."""
    if population <= 0:
        raise ValueError(f"{population} is not a population")
    method = exact_poisson if count < EXACT_BELOW else byar
    limits = method(count, confidence=confidence)
    return Limits(limits.lower / population * per, limits.upper / population * per)


def _gamma_below(shape: int, x: float) -> float:
    """P(shape, x), the regularised incomplete gamma function of a whole shape: a finite Poisson sum."""
    term = total = math.exp(-x)
    for k in range(1, shape):
        term *= x / k
        total += term
    return 1 - total


def _gamma_quantile(shape: int, probability: float) -> float:
    """The x such that P(shape, x) = probability, by bisection to the last bits of a double."""
    low, high = 0.0, shape + 1.0
    while _gamma_below(shape, high) < probability:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _gamma_below(shape, middle) < probability else (low, middle)
    return (low + high) / 2
