"""``leerkracht demo``: fill an empty database with made-up schools and people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.config import demonstration
from leerkracht.config.demonstration.world import MAIL_DOMAIN


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration world. Safe to repeat; only with LEERKRACHT_DEMO=yes."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration world needs LEERKRACHT_DEMO=yes: it never mixes with real people.")
        if Person.objects.filter(email__endswith=f"@{MAIL_DOMAIN}").exists():
            self.stdout.write("The demonstration world is here already; nothing was changed.")
            return
        if Person.objects.exists():
            raise CommandError("This database holds people of its own. Choose another LEERKRACHT_HOME and try again.")
        world = demonstration.build(now=timezone.now())
        self.stdout.write(
            f"The demonstration world is ready: {len(world.schools)} schools, {len(world.teams)} teams and "
            f"{len(world.people)} people, all made up."
        )
