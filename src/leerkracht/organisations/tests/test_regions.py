"""The foundation's regions: who belongs where, and what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Province, Region, RegisterImport, Role
from leerkracht.organisations.queries import regions as queries
from leerkracht.organisations.rules.regions import RegionRefused
from leerkracht.organisations.services.regions import Arrangement, arrange_regions, remove_region

from .factories import NOW, a_person, a_role, a_school

pytestmark = pytest.mark.django_db


def as_it_is(**changes):
    names = {region.pk: region.name for region in Region.objects.all()}
    regions = {province.pk: province.region_id for province in Province.objects.all()}
    return Arrangement(**{"names": names, "regions": regions} | changes)


def arrange(**changes):
    return arrange_regions(wanted=as_it_is(**changes), by=a_person(), now=NOW)


def test_it_begins_with_five_regions_over_twelve_provinces():
    assert [(region.name, region.size) for region in queries.regions()] == [
        ("Noord", 3),
        ("Noordwest", 2),
        ("Oost", 3),
        ("Zuid", 2),
        ("Zuidwest", 2),
    ]
    assert not Province.objects.filter(region=None).exists()


def test_nothing_changed_writes_nothing():
    assert arrange() == 0
    assert not AuditEntry.objects.exists()


def test_a_province_moves_and_its_schools_with_it():
    utrecht, east = Province.objects.get(name="Utrecht"), Region.objects.get(name="Oost")
    location = a_school().locations.get()
    location.province = "Utrecht"
    assert queries.region_of(location).name == "Noordwest"
    assert arrange(regions={utrecht.pk: east.pk}) == 1
    assert queries.region_of(location).name == "Oost"
    assert AuditEntry.objects.get().act == "organisations.regions_arranged"


def test_two_regions_may_swap_their_names():
    north, east = Region.objects.get(name="Noord"), Region.objects.get(name="Oost")
    assert arrange(names=as_it_is().names | {north.pk: "Oost", east.pk: "Noord"}) == 2
    assert (Region.objects.get(pk=north.pk).name, Region.objects.get(pk=east.pk).name) == ("Oost", "Noord")


@pytest.mark.parametrize(
    ("new", "name", "reason"),
    [("noord", "Oost", "Twee regio’s hebben dezelfde naam"), ("", "", "Een regio heeft een naam nodig")],
)
def test_a_region_has_a_name_of_its_own(new, name, reason):
    east = Region.objects.get(name="Oost")
    with pytest.raises(RegionRefused, match=reason):
        arrange(new=new, names=as_it_is().names | {east.pk: name})
    assert arrange(new="Eilanden") == 1


def test_a_region_goes_only_when_nothing_belongs_to_it():
    region = Region.objects.create(name="Eilanden")
    held = a_role(Role.EXPERT_COACH, region=region)
    with pytest.raises(RegionRefused, match="nog 0 provincies en 1 rollen"):
        remove_region(region=region, by=a_person(), now=NOW)
    held.delete()
    remove_region(region=region, by=a_person(), now=NOW)
    assert not Region.objects.filter(name="Eilanden").exists()


@pytest.fixture
def central(client):
    sign_in(client, a_role(Role.CENTRAL_TEAM).person)
    return client


def test_the_page_keeps_what_was_typed_when_it_is_refused(central):
    page = reverse("organisations:regions")
    posted = {f"name-{region.pk}": region.name for region in Region.objects.all()} | {"new": "Noord"}
    posted |= {f"region-{province.pk}": province.region_id for province in Province.objects.all()}
    refused = central.post(page, posted)
    assert refused.status_code == 422
    assert 'value="Noord"' in refused.content.decode()
    assert central.post(page, posted | {"new": "Eilanden"}).status_code == 302
    assert Region.objects.filter(name="Eilanden").exists()


def test_the_pages_ask_as_much_for_three_imports_as_for_one(central, django_assert_num_queries):
    def read_in(days):
        numbers = dict.fromkeys(("rows", "new", "changed", "closed", "moved", "refused"), 1)
        RegisterImport.objects.create(at=NOW + timedelta(days=days), kind="pupils", **numbers)

    page = reverse("organisations:register-imports")
    read_in(0)
    with CaptureQueriesContext(connection) as asked:
        central.get(page)
    read_in(1)
    read_in(2)
    with django_assert_num_queries(len(asked)):
        assert central.get(page).content.decode().count("Aantallen leerlingen") == 3
