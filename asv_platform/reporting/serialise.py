"""Frozen dataclasses to JSON values and back, by their type annotations: what a snapshot needs, nothing more."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

FROM_TEXT: dict[type, Callable[[str], Any]] = {
    Decimal: Decimal,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def to_json(value: Any) -> Any:
    """The JSON value of a dataclass: dates as ISO text, Decimal as text, so that amounts stay exact."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` that ``to_json`` turned into ``value``.

    A field missing from an older snapshot takes its default; an unknown one is ignored.
    """
    if value is None:
        return None
    if dataclasses.is_dataclass(kind):
        build: Any = kind
        hints = _hints(build)
        return build(**{name: from_json(hints[name], item) for name, item in value.items() if name in hints})
    if kind in FROM_TEXT:
        return FROM_TEXT[kind](value)
    return _generic(kind, value)


@lru_cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _generic(kind: Any, value: Any) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return from_json(next(arg for arg in args if arg is not type(None)), value)
    if origin is tuple:
        kinds = [args[0]] * len(value) if args[-1] is ... else args
        return tuple(from_json(item_kind, item) for item_kind, item in zip(kinds, value, strict=True))
    if origin is dict:
        return {key: from_json(args[1], item) for key, item in value.items()}
    return float(value) if kind is float else value
