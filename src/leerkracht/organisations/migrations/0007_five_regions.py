"""The foundation begins with five regions over the twelve provinces; the page with regions changes them."""

from django.db import migrations

REGIONS = {
    "Noord": ("Groningen", "Friesland", "Drenthe"),
    "Oost": ("Overijssel", "Gelderland", "Flevoland"),
    "Noordwest": ("Noord-Holland", "Utrecht"),
    "Zuidwest": ("Zuid-Holland", "Zeeland"),
    "Zuid": ("Noord-Brabant", "Limburg"),
}


def begin(apps, schema_editor):
    Region = apps.get_model("organisations", "Region")
    Province = apps.get_model("organisations", "Province")
    if Region.objects.exists():
        return
    for name, provinces in REGIONS.items():
        region = Region.objects.create(name=name)
        for province in provinces:
            Province.objects.update_or_create(name=province, defaults={"region": region})


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_import_of_any_kind")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
