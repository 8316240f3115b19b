"""Governing bodies: the searchable list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from leerkracht.organisations.kernel.finding import MOST_WORDS
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import GoverningBody, SchoolGovernance

from .schools import ALL, CLOSED, OPEN

BODY_ORDERS = {
    "name": (F("search_text").asc(), "pk"),
    "-name": (F("search_text").desc(), "pk"),
    "number": ("number",),
    "-number": ("-number",),
    "schools": ("schools", "search_text", "pk"),
    "-schools": ("-schools", "search_text", "pk"),
    "pupils": (F("pupils").asc(nulls_last=True), "search_text", "pk"),
    "-pupils": (F("pupils").desc(nulls_last=True), "search_text", "pk"),
}


@dataclass(frozen=True)
class BodyFilter:
    """What somebody looks for; an unknown value is no filter."""

    words: str = ""
    order: str = "name"
    closed: str = OPEN

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.closed)


def bodies_found(wanted: BodyFilter) -> QuerySet[GoverningBody]:
    """Governing bodies whose name or number holds every word, with ``schools`` and ``pupils`` of today.

    ``pupils`` adds the latest counts of the schools; None where no school has one.
    """
    rows = GoverningBody.objects.all()
    if wanted.closed != ALL:
        rows = rows.filter(closed_date__isnull=wanted.closed != CLOSED)
    for word in folded(wanted.words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    now = SchoolGovernance.objects.filter(governing_body=OuterRef("pk"), to_date=None, school__closed_date=None)
    counted = now.order_by().values("governing_body")
    rows = rows.annotate(
        schools=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()),
        pupils=Subquery(counted.annotate(n=Sum("school__pupils")).values("n"), output_field=IntegerField()),
    )
    return rows.order_by(*BODY_ORDERS.get(wanted.order, BODY_ORDERS["name"]))
