"""How the database stands against the migrations of this version."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

# Rows that Django writes itself say nothing about somebody's work.
OWN_TABLES = {"django_migrations", "django_content_type", "auth_permission", "django_session"}


def pending(using: str = "default") -> list[str]:
    """Return the migrations that still have to run, oldest first."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def applied(using: str = "default") -> list[str]:
    """Return the migrations that ran here."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations())


def known(using: str = "default") -> set[str]:
    """Return the migrations that this version has."""
    graph = MigrationExecutor(connections[using]).loader.graph
    return {f"{app}.{name}" for app, name in graph.nodes}


def tables(using: str = "default") -> list[str]:
    """Return every table of this database, also those no model knows."""
    return sorted(connections[using].introspection.table_names())


def row_counts(using: str = "default") -> dict[str, int]:
    """Count the rows of every table."""
    connection = connections[using]
    counts = {}
    with connection.cursor() as cursor:
        for table in tables(using):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def holds_data(using: str = "default") -> bool:
    """Tell whether anybody's work stands here."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in set(tables(using)) - OWN_TABLES:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                return True
    return False
