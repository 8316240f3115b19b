"""Every field is declared; a planted one is found; the papers say what the declaration says."""

import json

import pytest
from django.core.management import CommandError, call_command

from leerkracht.config.privacy import check, papers
from leerkracht.config.privacy.declared import Unreadable, declared
from leerkracht.organisations.tests.factories import TODAY

CLASS = """
[class.{key}]
title = "Titel"
about = "{about}"
purpose = "Doel"
basis = "Grond"
retention = "Termijn"
receivers = "Wie"
"""


def test_every_field_of_every_model_is_declared():
    assert check.problems(declared(), check.kept_fields()) == []


def test_other_peoples_models_are_looked_at_too():
    assert {
        "mfa.Authenticator.data",
        "sessions.Session.session_data",
        "django_tasks_database.DBTaskResult.args_kwargs",
    } <= (check.kept_fields())


def test_a_planted_field_fails(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("privacy", "check", "--plant", "accounts.Person.shoe_size", "--json")
    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert told["problems"] == [
        "accounts.Person.shoe_size: not declared. Put it into a class under [fields] in privacy.toml."
    ]


def test_without_a_plant_it_passes(capsys):
    call_command("privacy", "check", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    assert told["fields"] == len(check.kept_fields())
    assert 0 < told["personal"] < told["fields"]


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "privacy.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_is_there_no_more_twice_or_in_no_class_is_said(written):
    told = declared(
        written(
            CLASS.format(key="a", about="niemand")
            + CLASS.format(key="b", about="x")
            + '[fields."x.Y"]\na = ["one", "two"]\nc = ["two", "gone"]\n'
        )
    )
    assert check.problems(told, {"x.Y.one", "x.Y.two", "x.Y.three"}) == [
        "x.Y.three: not declared. Put it into a class under [fields] in privacy.toml.",
        "x.Y.gone: declared, but there is no such field.",
        "x.Y.gone: there is no class 'c'.",
        "x.Y.two: declared more than once (a, c).",
        "x.Y.two: there is no class 'c'.",
        "class b: no field is in it.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[class.a]\ntitle = ''", "class a: title is missing or empty"),
        ("[[elsewhere]]\nname = 'x'", "elsewhere 1: class is missing or empty"),
        ("x", "privacy.toml is not TOML"),
    ],
)
def test_a_file_with_holes_is_refused_with_the_place(written, text, said):
    with pytest.raises(Unreadable, match=said):
        declared(written(text))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Unreadable, match="could not be read"):
        declared(tmp_path / "privacy.toml")


def test_the_register_names_every_class_and_every_field():
    told = declared()
    text = papers.register(told, TODAY)
    assert all(f"## {one.title}\n" in text for one in told.classes.values())
    assert "- accounts_person: email, name\n" in text
    fields = sum(
        len(line.split(": ")[1].split(", "))
        for line in text.splitlines()
        if line.startswith("- ") and "_" in line.split(": ")[0]
    )
    assert fields == len(told.fields)


def test_the_annexes_say_what_is_about_people_and_what_is_still_to_fill_in(tmp_path, capsys):
    call_command("privacy", "annexes", str(tmp_path / "new"))
    first, second = (path.read_text() for path in sorted((tmp_path / "new").iterdir()))
    told = declared()
    for one in told.classes.values():
        assert (f"| {one.title} | {one.about} |" in first) is one.is_personal
    assert first.count(papers.HOLDER) == 2
    assert all(f"| {name} |" in second for name, _text in papers.MEASURES)
    assert capsys.readouterr().out.count("Written: ") == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CommandError, match="could not be written"):
        call_command("privacy", "annexes", str(tmp_path / "taken"))
