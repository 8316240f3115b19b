"""Whom to tell of a weakness: named by the installation, or nowhere."""

from datetime import datetime, timedelta

from django.utils import timezone


def test_who_found_a_weakness_reads_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@school.example"
    answer = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert (answer["Content-Type"], said["Contact"]) == ("text/plain; charset=utf-8", "mailto:veilig@school.example")
    left = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=178) < left <= timedelta(days=180)
    assert said["Canonical"].endswith("/.well-known/security.txt")


def test_without_a_contact_there_is_no_such_page(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
