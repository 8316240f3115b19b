"""For balancers and supervisors: does the process live, and can it do its work."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .access import public

_SEEN = {"migrated": False}


@public("a balancer has no account; it says only that the process lives")
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@public("a balancer has no account; it says only whether the database answers and is at this version")
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = _is_migrated()
    except (DatabaseError, ImproperlyConfigured):
        return JsonResponse({"ready": False, "database": False}, status=503)
    return JsonResponse({"ready": migrated, "database": True, "migrated": migrated}, status=200 if migrated else 503)


def _is_migrated() -> bool:
    """Tell whether every migration ran; once true it stays true for this process."""
    if not _SEEN["migrated"]:
        executor = MigrationExecutor(connection)
        _SEEN["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _SEEN["migrated"]
