from django.db import migrations

from leerkracht.organisations.kernel.register import folded

BATCH = 300


def fill(apps, schema_editor):
    """Bodies get their search text and schools their words; safe to run twice."""
    GoverningBody = apps.get_model("organisations", "GoverningBody")
    School = apps.get_model("organisations", "School")
    SearchWord = apps.get_model("organisations", "SearchWord")
    bodies = list(GoverningBody.objects.all())
    for body in bodies:
        body.search_text = folded(body.name, body.number)
    GoverningBody.objects.bulk_update(bodies, ["search_text"], batch_size=BATCH)
    texts = School.objects.values_list("search_text", "former_text")
    words = sorted({word for pair in texts for text in pair for word in text.split() if len(word) <= 80})
    rows = [SearchWord(word=word, length=len(word)) for word in words]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0010_what_people_search_by")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
