"""The report in its four forms, and the command that prints it."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from tests.audit.conftest import section
from truebook.audit import Options, Report, Severity, audit
from truebook.audit.report import show, written
from truebook.cli import app

Load = Callable[[str, str], str]
RUN = CliRunner()


@pytest.fixture
def url(load: Load) -> str:
    """A database with orphans behind a missing key, and a default that fails."""
    return load(
        "sqlite", f"{section('missing-foreign-key', 'sqlite', 'faulty')};{section('default-fails', 'sqlite', 'faulty')}"
    )


@pytest.fixture
def report(url: str) -> Report:
    return audit(url)


def test_a_person_reads_severity_place_meaning_evidence_fix_and_what_next(report: Report, url: str) -> None:
    paper = StringIO()
    show(report, Console(file=paper, width=200), url)
    text = paper.getvalue()
    for piece in (
        "✗ error orders.customer_id  missing-foreign-key",
        "orders.customer_id refers to customers.id (by its name and type), but no foreign key keeps it true.",
        "3 values, 1 orphan",
        "no such customers.id: '99'",
        "-- move the orphans of orders to truebook_quarantine",
        "DEFAULT gen_random_uuid()",
        "no such function: gen_random_uuid",
        f"Next: truebook audit {url} --fix",
    ):
        assert piece in text


def test_json_has_everything_under_stable_names(report: Report) -> None:
    document = json.loads(written(report, "json"))
    assert document["engine"] == "sqlite"
    assert document["summary"]["error"] == report.counts()[Severity.ERROR] > 0
    finding = next(one for one in document["findings"] if one["rule"] == "missing-foreign-key")
    assert (finding["table"], finding["column"], finding["severity"], finding["automatic"]) == (
        "orders",
        "customer_id",
        "error",
        True,
    )
    assert "truebook_quarantine" in finding["fix"]


def test_markdown_has_a_section_for_each_finding(report: Report) -> None:
    page = written(report, "markdown")
    assert page.count("\n## ") == len(report.findings) + page.count("\n## Notes\n")
    assert "| error | " in page
    assert "```sql" in page


def test_sarif_has_rules_results_levels_and_places(report: Report) -> None:
    log = json.loads(written(report, "sarif"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        assert result["message"]["text"]


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("never", 0)])
def test_the_exit_code_follows_fail_on(level: str, code: int, url: str) -> None:
    assert RUN.invoke(app, ["audit", url, "--fail-on", level, "--format", "json"]).exit_code == code


def test_a_sound_database_passes_at_warning_level(load: Load) -> None:
    url = load("sqlite", "CREATE TABLE rooms (id integer PRIMARY KEY, title text NOT NULL)")
    done = RUN.invoke(app, ["audit", url, "--fail-on", "hint"])
    assert (done.exit_code, "nothing found" in done.output) == (0, True)


@pytest.mark.parametrize("url", ["/nowhere/at/all.db", "mysql://x/y", "postgresql://nobody@/x?host=/nowhere"])
def test_what_cannot_be_read_is_said_plainly(url: str) -> None:
    done = RUN.invoke(app, ["audit", url])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert done.output.strip()


def test_fix_writes_a_migration_and_apply_ends_with_before_and_after(url: str, tmp_path: Path) -> None:
    script = tmp_path / "mend.sql"
    done = RUN.invoke(app, ["audit", url, "--fix", "--output", str(script)])
    assert (done.exit_code, "add --apply" in done.output) == (1, True)
    assert "truebook_quarantine" in script.read_text()
    assert "missing-foreign-key" in {finding.rule for finding in audit(url).findings}
    done = RUN.invoke(app, ["audit", url, "--fix", "--apply", "--output", str(script)])
    assert (done.exit_code, "Before and after" in done.output) == (0, True)
    assert "missing-foreign-key" not in {finding.rule for finding in audit(url).findings}


def test_a_rule_can_be_passed_over(url: str, report: Report) -> None:
    ignored = audit(
        url, Options(ignore=("default-fails", "missing-foreign-key:orders.customer_id", "canary-died:other"))
    )
    assert {f.rule for f in report.findings} - {f.rule for f in ignored.findings} == {
        "default-fails",
        "missing-foreign-key",
    }
    assert ignored.allowed == 2


def test_code_beside_the_database_is_read_for_its_words(load: Load, tmp_path: Path) -> None:
    url = load("sqlite", section("status-drift", "sqlite", "sound") or "")
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "book.js").write_text("await db('visits').insert({ status: 'booked' })")
    (tmp_path / "code" / "other.js").write_text("await db('rooms').insert({ status: 'painted' })")
    found = [f for f in audit(url, Options(code=tmp_path / "code")).findings if f.rule == "status-drift"]
    assert [finding.evidence for finding in found] == [("written in book.js, but not allowed: 'booked'",)]


def test_apply_alone_is_refused(url: str) -> None:
    assert RUN.invoke(app, ["audit", url, "--apply"]).exit_code == 2
    assert "missing-foreign-key" in {finding.rule for finding in audit(url).findings}
