"""``leerkracht init --admin MAIL``: the first person of a real installation."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.sign_in import make_link
from leerkracht.organisations.services.administrators import make_administrator


class Command(BaseCommand):
    help = "Make the first administrator and print a link that signs in once, within a day. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin", required=True, metavar="MAIL", help="mail address of the administrator")
        parser.add_argument("--name", default="", help="name of the administrator")
        parser.add_argument("--json", action="store_true", help="print one JSON object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["admin"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"--admin must be a mail address, got {options['admin']!r}.") from None
        if waiting := _waiting_migrations():
            raise CommandError(f"The database lacks {waiting} migrations. Run `leerkracht migrate` and repeat this.")
        now = timezone.now()
        person = make_administrator(email=email, name=options["name"].strip(), now=now)
        token = make_link(person=person, by=THE_SYSTEM, now=now)
        link = settings.BASE_URL + reverse("accounts:one-time-link", args=[token])
        if options["json"]:
            self.stdout.write(json.dumps({"person": person.pk, "email": person.email, "link": link}))
            return
        self.stdout.write(
            f"{person.email} is administrator.\n\nSign in once, within a day, with this link:\n\n  {link}\n\n"
            "Then set up an authenticator app or a passkey: this role asks for one.\n"
            "Lost the link? Run this command again; the old one stops working at the first sign-in."
        )


def _waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
