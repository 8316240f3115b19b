"""What rows mean beside what stands there: stages without overlap, contacts by address, coaches by dated roles."""

from datetime import date

import pytest

from leerkracht.organisations.kernel.administration import (
    BodyRef,
    KnownContact,
    KnownPerson,
    KnownRole,
    Line,
    Period,
    Places,
    SchoolRef,
    Setting,
    plan_coaches,
    plan_contacts,
    plan_participation,
)
from leerkracht.organisations.kernel.administration.stages import STAGES
from leerkracht.organisations.models import Stage

WILG, BERK = SchoolRef(1, "De Wilg", "Ede", frozenset({"41001"})), SchoolRef(2, "De Berk", "Ede", frozenset({"41001"}))
TWIN = SchoolRef(3, "De Berk", "Ede")
BODY = BodyRef(5, "41001", "Stichting Bos")
PLACES = Places(
    by_code={"01AA": WILG, "02BB": BERK, "03CC": TWIN},
    by_location={"01AA00": WILG, "02BB00": BERK, "02BB01": BERK},
    by_name={("de wilg", "ede"): {WILG}, ("de berk", "ede"): {BERK, TWIN}},
    bodies_by_number={"41001": BODY},
    bodies_by_name={"stichting bos": {BODY}},
    regions={"noord": (7, "Regio Noord")},
)
SETTING = Setting(date(2026, 11, 26), {}, {code: code for code in STAGES})


def d(text):
    return date.fromisoformat(text) if text else None


def rows(*texts):
    """``code stage from to``, a dash for nothing."""
    keys = ("school_code", "stage", "from_date", "to_date")
    found = [dict(zip(keys, text.split(), strict=False)) for text in texts]
    return [
        Line(number, {key: value.replace("_", " ") for key, value in row.items() if value != "-"})
        for number, row in enumerate(found, start=2)
    ]


def known(*texts):
    periods = [text.split() for text in texts]
    return {
        1: [Period(number, stage, d(a), d(b if b != "-" else "")) for number, (stage, a, b) in enumerate(periods, 1)]
    }


def planned(lines, before=None, *, is_history=True):
    plan = plan_participation(lines, PLACES, before or {}, SETTING, is_history=is_history)
    return {o.line: (o.refusal.code if o.refusal else o.result) for o in plan.outcomes}, plan


def written(plan):
    return [(w.pk, {key: str(value) for key, value in w.values.items() if key != "reason"}) for w in plan.writes]


def test_the_words_of_the_stages_cover_every_stage():
    assert set(STAGES) == set(Stage.values)
    words = [word for texts in STAGES.values() for word in texts.split("|")]
    assert len(words) == len(set(words))


def test_a_school_is_known_by_code_location_or_name_and_place():
    for cells in (
        {"school_code": "01aa"},
        {"location_code": "01AA 00"},
        {"location_code": "00", "school_code": "01AA"},
        {"school_name": "DE WILG", "place": "ede"},
        {"school_code": "01AA", "body_number": "041001"},
    ):
        assert PLACES.school(Line(2, cells)) == WILG


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"school_code": "99ZZ"}, "row.code"),
        ({"school_name": "De Wilg"}, "row.no_place"),
        ({"school_name": "De Wilg", "place": "Epe"}, "row.name"),
        ({"school_name": "De Berk", "place": "Ede"}, "row.name"),
        ({"school_code": "01AA", "body_number": "9"}, "row.other_body"),
        ({"place": "Ede"}, "row.no_school"),
    ],
)
def test_a_school_that_is_not_clear_is_refused(cells, code):
    outcomes, _plan = planned([Line(2, {"stage": "intake", "from_date": "1-8-2024", **cells})])
    assert outcomes == {2: code}


def test_history_without_ends_lasts_until_the_next_row_whatever_the_order():
    outcomes, plan = planned(rows("01AA zelfstandig 1-8-2024", "01AA INTAKE 1-8-2020", "01AA jaar_1 1-8-2022 1-8-2023"))
    assert outcomes == {2: "NEW", 3: "NEW", 4: "NEW"}
    assert written(plan) == [
        (None, {"stage": "INTAKE", "from_date": "2020-08-01", "to_date": "2022-08-01", "school_id": "1"}),
        (None, {"stage": "YEAR_1", "from_date": "2022-08-01", "to_date": "2023-08-01", "school_id": "1"}),
        (None, {"stage": "INDEPENDENT", "from_date": "2024-08-01", "to_date": "None", "school_id": "1"}),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["01AA intake 1-8-2020 1-8-2022", "01AA jaar_1 1-8-2021"], {2: "NEW", 3: "row.overlap_in_file"}),
        (["01AA intake 1-8-2020", "01AA jaar_1 1-8-2020"], {2: "NEW", 3: "row.overlap_in_file"}),
        (["01AA intake 1-8-2020", "01AA intake 1-8-2020"], {2: "NEW", 3: "SAME"}),
        (["01AA intake 1-8-2020 1-8-2020"], {2: "row.end_first"}),
        (["01AA intake -"], {2: "row.no_day"}),
        (["01AA - 1-8-2020"], {2: "row.no_stage"}),
        (["01AA warm 1-8-2020"], {2: "row.stage"}),
    ],
)
def test_what_contradicts_itself_is_refused_and_the_rest_goes_on(lines, expected):
    assert planned(rows(*lines))[0] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("01AA intake 1-8-2019 1-8-2020", "NEW"),  # before, and up to it
        ("01AA intake 1-2-2019", "NEW"),  # before, without an end: until it
        ("01AA intake 1-8-2019 1-9-2020", "row.overlap"),  # runs into what stands there
        ("01AA intake 1-9-2020 1-10-2020", "row.overlap"),  # within
        ("01AA intake 1-9-2021 1-8-2022", "NEW"),  # in the gap
        ("01AA jaar_1 1-8-2020 1-8-2021", "SAME"),
        ("01AA jaar_1 1-8-2020", "SAME"),  # says nothing about the end
        ("01AA jaar_1 1-8-2020 1-7-2021", "CHANGED"),
        ("01AA jaar_2 1-8-2020", "CHANGED"),  # the stage was wrong
        ("01AA gestopt 1-8-2025", "NEW"),  # what runs now ends that day
        ("01AA gestopt 1-8-2025 1-8-2026", "row.overlap"),  # over before now, while something else runs
    ],
)
def test_a_row_beside_what_stands_there(line, expected):
    before = known("YEAR_1 2020-08-01 2021-08-01", "INDEPENDENT 2022-08-01 -")
    assert planned(rows(line), before)[0] == {2: expected}


def test_what_ran_ends_where_the_next_begins():
    _outcomes, plan = planned(rows("01AA gestopt 1-8-2025"), known("YEAR_1 2024-08-01 -"))
    assert written(plan)[0] == (1, {"to_date": "2025-08-01"})


def test_a_refused_row_makes_no_room():
    before = known("YEAR_1 2022-08-01 2023-08-01")
    outcomes, plan = planned(rows("01AA intake 1-8-2020", "01AA afgezien 1-2-2022 1-9-2022"), before)
    assert outcomes == {2: "NEW", 3: "row.overlap"}
    assert written(plan)[0][1]["to_date"] == "2022-08-01"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("01AA jaar_1 1-8-2024", "SAME"),
        ("01AA jaar_1 1-8-2023", "CHANGED"),  # the first day was wrong
        ("01AA jaar_2 1-8-2025", "NEW"),
        ("01AA jaar_2 1-8-2022", "row.later_stage"),
        ("01AA jaar_1 1-8-2019", "row.overlap"),  # it was still being prepared then
    ],
)
def test_the_stage_now_beside_what_stands_there(line, expected):
    before = known("PREPARING 2019-05-01 2020-08-01", "YEAR_1 2024-08-01 -")
    assert planned(rows(line), before, is_history=False)[0] == {2: expected}


def test_a_school_has_one_stage_now():
    outcomes, _plan = planned(
        rows("01AA intake 1-8-2024", "01AA intake 1-8-2024", "01AA gestopt 1-8-2025"), is_history=False
    )
    assert outcomes == {2: "NEW", 3: "SAME", 4: "row.overlap_in_file"}


def contact(number, **cells):
    return Line(number, {"school_code": "01AA", "name": "An", **cells})


def contacts(lines, before=()):
    plan = plan_contacts(lines, PLACES, before)
    return {o.line: (o.refusal.code if o.refusal else o.result) for o in plan.outcomes}, plan


FACTS = {"name": "An", "function": "", "email": "an@x.example", "phone": "1", "remark": ""}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"email": "AN@x.example"}, "SAME"),
        ({}, "SAME"),
        ({"email": "an@x.example", "name": "Anna"}, "CHANGED"),
        ({"phone": "2"}, "CHANGED"),
        ({"email": "bo@x.example"}, "NEW"),
        ({"email": "bo"}, "row.email"),
        ({"phone": "0" * 31}, "row.too_long"),
        ({"school_code": "", "body_number": "41001"}, "NEW"),
        ({"school_code": "", "body_name": "Stichting Bos"}, "NEW"),
        ({"school_code": "", "body_name": "Stichting Zee"}, "row.body"),
        ({"school_code": ""}, "row.no_place"),
        ({"name": ""}, "row.no_name"),
    ],
)
def test_a_contact_beside_who_stands_there(cells, expected):
    line = Line(2, {key: value for key, value in {"school_code": "01AA", "name": "An", **cells}.items() if value})
    assert contacts([line], [KnownContact(9, ("school_id", 1), FACTS)])[0] == {2: expected}


def test_who_is_in_the_archive_stays_there_and_a_double_with_other_facts_is_refused():
    archived = [KnownContact(9, ("school_id", 1), FACTS, is_archived=True)]
    assert contacts([contact(2, phone="2")], archived)[0] == {2: "SAME"}
    doubles = [contact(2), contact(3), contact(4, phone="9")]
    assert contacts(doubles)[0] == {2: "NEW", 3: "SAME", 4: "row.twice"}


KIM = KnownPerson(11, "kim@x.example", "Kim Kust", is_coach=True)


def coach(number=2, **cells):
    start = {"coach": "Kim Kust", "email": "kim@x.example", "school_code": "01AA", "from_date": "1-8-2024"}
    return Line(number, {key: value for key, value in (start | cells).items() if value})


def coaches(lines, people=(), roles=()):
    plan = plan_coaches(lines, PLACES, people, roles, SETTING)
    return {o.line: (o.refusal.code if o.refusal else o.result) for o in plan.outcomes}, plan


def test_a_new_coach_is_made_once_with_a_role_at_each_school():
    outcomes, plan = coaches([coach(2, school_code="01AA, 02BB"), coach(3, school_code="03CC", email="KIM@x.example")])
    assert outcomes == {2: "NEW", 3: "NEW"}
    assert [(w.table, w.values.get("role"), w.values.get("school_id")) for w in plan.writes] == [
        ("person", None, None),
        ("role", "EXPERT_COACH", 1),
        ("role", "EXPERT_COACH", 2),
        ("role", "EXPERT_COACH", 3),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"school_code": "", "region": "Noord"}, ("EXPERT_COACH", "region_id")),
        ({"school_code": "", "body_number": "41001"}, ("CHANGE_COACH", "governing_body_id")),
        ({"coach_kind": "Verandercoach"}, ("CHANGE_COACH", "school_id")),
        ({"school_code": "", "body_number": "41001", "coach_kind": "expert"}, "row.expert_at_body"),
        ({"school_code": "", "region": "Noord", "coach_kind": "intern"}, "row.change_at_region"),
        ({"coach_kind": "trainer"}, "row.coach_kind"),
        ({"school_code": "", "region": "Atlantis"}, "row.region"),
        ({"school_code": ""}, "row.no_place"),
        ({"email": ""}, "row.no_email"),
        ({"coach": ""}, "row.no_name"),
        ({"from_date": ""}, "row.no_day"),
        ({"to_date": "1-8-2023"}, "row.end_first"),
        ({"school_code": "01AA; 99ZZ"}, "row.code"),
    ],
)
def test_the_place_says_which_coach(cells, expected):
    outcomes, plan = coaches([coach(**cells)])
    if isinstance(expected, str):
        assert outcomes == {2: expected}
        assert plan.writes == []
    else:
        role = plan.writes[-1].values
        assert (role["role"], expected[1] in role) == (expected[0], True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "CHANGED"),  # the role began earlier than we knew
        ({"from_date": "1-11-2026"}, "SAME"),
        ({"from_date": "1-11-2026", "to_date": "1-1-2027"}, "CHANGED"),
        ({"from_date": "1-8-2018", "to_date": "1-8-2019"}, "NEW"),
        ({"from_date": "1-8-2022", "to_date": "1-8-2023"}, "CHANGED"),  # the end was wrong
        ({"from_date": "1-9-2022", "to_date": "1-8-2023"}, "row.overlap"),
        ({"school_code": "02BB"}, "NEW"),
        ({"coach": "Iemand Anders"}, "CHANGED"),  # the address decides; a known name is never changed
    ],
)
def test_a_role_beside_what_stands_there(cells, expected):
    roles = [
        KnownRole(21, 11, "EXPERT_COACH", ("school_id", 1), d("2022-08-01"), d("2023-02-01")),
        KnownRole(22, 11, "EXPERT_COACH", ("school_id", 1), d("2026-11-01"), None),
    ]
    assert coaches([coach(**cells)], [KIM], roles)[0] == {2: expected}


def test_one_name_with_two_addresses_is_refused_rather_than_guessed():
    lines = [coach(2), coach(3, email="kim@thuis.example", school_code="02BB")]
    assert coaches(lines)[0] == {2: "NEW", 3: "row.two_addresses"}
    assert coaches(lines[1:], [KIM])[0] == {3: "row.two_addresses"}


def test_who_may_not_sign_in_any_more_gets_no_places():
    assert coaches([coach()], [KnownPerson(11, "kim@x.example", "Kim", is_active=False)])[0] == {2: "row.inactive"}


def test_two_rows_about_the_same_time_at_one_school_are_refused_and_a_double_is_the_same():
    lines = [coach(2), coach(3), coach(4, from_date="1-8-2025")]
    assert coaches(lines)[0] == {2: "NEW", 3: "SAME", 4: "row.overlap_in_file"}
