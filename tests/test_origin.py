"""docs/origin.md names files, tests, audit rules and database objects: they exist."""

import re
from pathlib import Path

import pytest

import truebook.audit.rules  # noqa: F401 - the rules enter their list when they are imported
from truebook.audit.registry import RULES
from truebook.db.migrations import promised

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "origin.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"`([^`\n]+)`", PAGE))


def test_every_file_it_names_is_there() -> None:
    files = {name for name in NAMES if re.fullmatch(r"(truebook|tests|docs)/[\w/]+\.\w+", name)}
    assert len(files) > 20
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []


def test_every_test_it_names_is_there() -> None:
    tests = {name for name in NAMES if re.fullmatch(r"test_\w+", name) and name != "test_chat_sessions"}
    written = set(re.findall(r"def (test_\w+)", "\n".join(file.read_text() for file in ROOT.glob("tests/**/*.py"))))
    assert len(tests) > 25
    assert tests - written == set()


def test_every_rule_of_the_audit_it_names_is_there() -> None:
    named = {
        name
        for part in re.findall(r"\brules? ((?:`[a-z-]+`(?:, )?)+)", PAGE)
        for name in re.findall(r"`([^`]+)`", part)
    }
    assert len(named) > 10
    assert named - set(RULES) == set()


def test_every_object_of_appointments_it_names_is_promised() -> None:
    named = {name for name in NAMES if re.fullmatch(r"(appointments|appointment_segments|claims)_\w+", name)}
    triggers = {name for _, name in promised.TRIGGERS}
    assert named - {"appointment_segments"} <= {*promised.CONSTRAINTS, *promised.INDEXES, *triggers}
