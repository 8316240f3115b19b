"""The proof that what was over was let go."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from leerkracht.accounts.models import PurgeLine
from leerkracht.core.registry.retention import rules

ORDERS = {
    "when": ("at", "pk"),
    "-when": ("-at", "-pk"),
    "removed": ("removed", "-at", "pk"),
    "-removed": ("-removed", "-at", "pk"),
}


def last_purge() -> datetime | None:
    return PurgeLine.objects.order_by("-at").values_list("at", flat=True).first()


def lines_found(words: str, order: str) -> QuerySet[PurgeLine]:
    """Lines of rules whose words hold every word that is looked for; an unknown order is the latest first."""
    wanted = words.casefold().split()
    names = [name for name, said in rule_words().items() if all(word in said.casefold() for word in wanted)]
    rows = PurgeLine.objects.filter(rule__in=names) if wanted else PurgeLine.objects.all()
    return rows.order_by(*ORDERS.get(order, ORDERS["-when"]))


def rule_words() -> dict[str, str]:
    """Each rule in the reader's language."""
    return {rule.name: gettext(rule.words) for rule in rules()}
