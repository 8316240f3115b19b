"""The words of the design system: every component of every room, shown in the gallery (docs/components.md)."""

from django import template

from . import actions, forms, lists, marks, overlays, session, surfaces

register = template.Library()
for _part in (actions, forms, lists, marks, overlays, session, surfaces):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
