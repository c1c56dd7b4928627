"""Reading pages cannot write."""

from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps

from django.db import connection
from django.http import HttpRequest
from django.views.decorators.http import require_safe

READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "WITH", "EXPLAIN")


def _refuse_writes(execute, sql, params, many, context):
    if not sql.lstrip(" (\n").upper().startswith(READS):
        raise RuntimeError(f"Écriture interdite dans une page de lecture : {sql[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def writes_refused():
    """Make any SQL write inside the block a RuntimeError."""
    with connection.execute_wrapper(_refuse_writes):
        yield


def read_only(view: Callable) -> Callable:
    """Accept GET and HEAD only, and make any SQL write inside the view an error, in production too."""

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs):
        with writes_refused():
            return view(request, *args, **kwargs)

    return wrapper
