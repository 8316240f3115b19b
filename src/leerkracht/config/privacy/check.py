"""Hold what is declared against what is kept."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps

from .declared import Declared


def kept_fields() -> frozenset[str]:
    """Every column of every model, of other people's apps too, as ``app.Model.field``."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(f"{model._meta.label}.{field.name}" for model in models for field in model._meta.local_fields)


def problems(told: Declared, kept: Collection[str]) -> list[str]:
    """Say in words what is not declared, declared twice, or declared and not there; empty when all is well."""
    found = [
        f"{name}: not declared. Put it into a class under [fields] in privacy.toml."
        for name in sorted(set(kept) - set(told.fields))
    ]
    found += [f"{name}: declared, but there is no such field." for name in sorted(set(told.fields) - set(kept))]
    for name, keys in sorted(told.fields.items()):
        if len(keys) > 1:
            found.append(f"{name}: declared more than once ({', '.join(keys)}).")
        found += [f"{name}: there is no class {key!r}." for key in keys if key not in told.classes]
    found += [
        f"{place.name}: there is no class {place.class_key!r}."
        for place in told.elsewhere
        if place.class_key not in told.classes
    ]
    used = {key for keys in told.fields.values() for key in keys} | {place.class_key for place in told.elsewhere}
    return found + [f"class {key}: no field is in it." for key in sorted(set(told.classes) - used)]
