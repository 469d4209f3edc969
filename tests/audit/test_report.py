"""The report in its forms, and the command that prints it."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console
from typer.testing import CliRunner

from tests.audit import sarif_schema
from tests.audit.conftest import section
from truebook.audit import Finding, Options, Report, Severity, audit, baseline
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


def _shown(report: Report, url: str, *, full: bool, width: int = 200) -> str:
    paper = StringIO()
    show(report, Console(file=paper, width=width), url, full=full)
    return paper.getvalue()


def test_in_full_a_person_reads_severity_place_meaning_evidence_fix_and_what_next(report: Report, url: str) -> None:
    text = _shown(report, url, full=True)
    for piece in (
        "✗ error orders.customer_id  missing-foreign-key",
        "orders.customer_id refers to customers.id (by its name and type), but no foreign key keeps it true.",
        "3 values, 1 orphan",
        "no such customers.id: '99'",
        "-- move the orphans of orders to truebook_quarantine",
        "DEFAULT gen_random_uuid()",
        "no such function: gen_random_uuid",
        f"Next: truebook audit {url} with",
        "  --fix",
    ):
        assert piece in text


def test_one_screen_tells_each_problem_once_the_gravest_first_and_where_the_rest_is(load: Load) -> None:
    """A fault in forty tables is one problem, whatever the width."""
    tables = "".join(f"CREATE TABLE visits_{n} (id integer, status text, duration integer);" for n in range(40))
    url = load("sqlite", f"{tables}{section('missing-foreign-key', 'sqlite', 'faulty')}")
    report = audit(url)
    assert len(report.findings) > 100
    text = _shown(report, url, full=False, width=80)
    lines = text.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines if not line.startswith("Next: ")) <= 80
    assert text.count("A table has no primary key") == 1
    assert "  visits_0, visits_1, visits_10 …\n  37 more: --rule no-primary-key" in text
    signs = [line[0] for line in lines if line[:2] in ("✗ ", "! ", "· ")]
    assert signs == sorted(signs, key="✗!·".index)
    assert "--all" in text


def test_rules_and_tables_can_be_asked_for_alone(url: str) -> None:
    orders = json.loads(RUN.invoke(app, ["audit", url, "--table", "orders", "--format", "json"]).output)
    assert {finding["table"] for finding in orders["findings"]} == {"orders"}
    one = json.loads(RUN.invoke(app, ["audit", url, "--rule", "default-fails", "--format", "json"]).output)
    assert {finding["rule"] for finding in one["findings"]} == {"default-fails"}
    for option, wrong, near in (("--rule", "default-fail", "default-fails"), ("--table", "order", "orders")):
        refused = RUN.invoke(app, ["audit", url, option, wrong])
        assert (refused.exit_code, f"did you mean {near}?" in " ".join(refused.output.split())) == (2, True)


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


def test_html_is_one_page_that_runs_and_fetches_nothing(report: Report) -> None:
    page = written(report, "html")
    assert page.count("<article>") == len(report.findings)
    assert not re.search(r"<script|\bsrc=|\bhref=|url\(|@import", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "&#39;99&#39;" in page


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


def test_sarif_is_what_its_official_schema_asks_for(report: Report, tmp_path: Path) -> None:
    jsonschema.validate(json.loads(written(report, "sarif")), sarif_schema.official(tmp_path))


def test_accepted_findings_do_not_fail_and_new_graver_and_mended_ones_are_told(url: str, tmp_path: Path) -> None:
    known = str(tmp_path / "accepted.json")
    missing = RUN.invoke(app, ["audit", url, "--accept", known])
    assert (missing.exit_code, "--renew" in missing.output) == (2, True)
    assert RUN.invoke(app, ["audit", url, "--accept", known, "--renew"]).exit_code == 0
    again = RUN.invoke(app, ["audit", url, "--accept", known, "--fail-on", "hint"])
    assert (again.exit_code, "nothing found" in again.output) == (0, True)

    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DELETE FROM orders WHERE customer_id = 99; CREATE TABLE heap (note text)")
    report = json.loads(RUN.invoke(app, ["audit", url, "--accept", known, "--format", "json"]).output)
    assert [(one["rule"], one["table"]) for one in report["findings"]] == [("no-primary-key", "heap")]
    assert RUN.invoke(app, ["audit", url, "--accept", known, "--fail-on", "warning"]).exit_code == 1

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE heap; DROP TABLE orders")
    mended = RUN.invoke(app, ["audit", url, "--accept", known, "--fail-on", "hint"]).output
    assert "mended" in mended
    assert "orders.customer_id (missing-foreign-key)" in " ".join(mended.split())


def test_what_became_graver_since_it_was_accepted_is_new() -> None:
    def found(level: Severity) -> Report:
        finding = Finding("orders", "customer_id", "It refers.", severity=level, rule="missing-foreign-key")
        return Report("shop", "sqlite", "3", 1, 1, findings=[finding])

    known = [baseline.Accepted("orders.customer_id", "missing-foreign-key", Severity.WARNING)]
    assert baseline.apply(found(Severity.HINT), known).accepted == 1
    assert baseline.apply(found(Severity.ERROR), known).findings == found(Severity.ERROR).findings


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
