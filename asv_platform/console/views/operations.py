"""Pages for those who run the site: health, development mailbox."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from asv_platform.common.http import read_only
from asv_platform.common.jobs import overdue_jobs
from asv_platform.console import mailbox

LEAST_FREE_BYTES = 200 * 1024 * 1024
MOST_OVERDUE = 50


@login_not_required
@read_only
def live(request):
    """Whether the process answers (for a container's health check)."""
    return JsonResponse({"etat": "ok"})


@login_not_required
@read_only
def ready(request):
    """Whether the site can work: database, shared cache, jobs, disk. 503 when one of them cannot."""
    checks = {
        "base": _database_answers(),
        "cache": _cache_answers(),
        "travaux": overdue_jobs() < MOST_OVERDUE,
        "disque": shutil.disk_usage(settings.BASE_DIR).free > LEAST_FREE_BYTES,
    }
    state = {name: "ok" if fine else "en panne" for name, fine in checks.items()}
    return JsonResponse(state, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.get("sante")
    except (DatabaseError, OSError):
        return False
    return True


def _development_only() -> None:
    if not settings.MAILBOX_PAGE:
        raise Http404


@login_not_required
@read_only
def mail_list(request):
    """The development mailbox, newest first."""
    _development_only()
    return render(request, "console/mail_list.html", {"mails": mailbox.mails()})


@login_not_required
@read_only
def mail_detail(request, name):
    """One e-mail of the development mailbox."""
    _development_only()
    found = mailbox.mail(name)
    if found is None:
        raise Http404
    return render(request, "console/mail_detail.html", {"mail": found})


@login_not_required
@read_only
def mail_attachment(request, name, index):
    """One attachment of an e-mail of the development mailbox."""
    _development_only()
    found = mailbox.attachment(name, index)
    if found is None:
        raise Http404
    filename, content_type, content = found
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
