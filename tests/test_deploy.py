"""What an operator is handed fits what there is: every figure, setting and command that the files name exists."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from truebook.cli.commands import COMMANDS
from truebook.kernel import figures
from truebook.kernel.settings import VARIABLES

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in [*DEPLOY.rglob("*"), ROOT / "docs/operating.md"]
    if path.is_file()
}
SUFFIXES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_sum", "_count"]}


def test_every_figure_that_rules_and_dashboard_name_is_counted() -> None:
    assert figures.BOOKINGS
    known = {one.name + suffix for one in REGISTRY.collect() for suffix in SUFFIXES.get(one.type, [""])}
    rules = yaml.safe_load(TEXTS[DEPLOY / "prometheus/rules.yaml"])["groups"][0]["rules"]
    asked = [one["expr"] for one in rules]
    asked += [target["expr"] for panel in board()["panels"] for target in panel["targets"]]
    named = {name for expression in asked for name in re.findall(r"truebook_[a-z_]+", expression)}
    assert len(rules) >= 10 and named - known == set()
    assert {one.partition("_bucket")[0] for one in named} >= {"truebook_bookings_total", "truebook_promises_open"}


def test_every_label_that_they_name_is_one() -> None:
    labels = {
        name: set(one._labelnames)
        for one in vars(figures).values()
        if hasattr(one, "_labelnames")
        for name in (one._name, f"{one._name}_total", f"{one._name}_bucket", f"{one._name}_count")
    }
    for text in (TEXTS[DEPLOY / "prometheus/rules.yaml"], json.dumps(board())):
        for name, inside in re.findall(r"(truebook_[a-z_]+)\{([^}]*)\}", text.replace('\\"', '"')):
            assert set(re.findall(r"(\w+)=", inside)) <= labels[name], (name, inside)


def test_every_alert_says_what_it_is_and_what_to_do() -> None:
    for one in yaml.safe_load(TEXTS[DEPLOY / "prometheus/rules.yaml"])["groups"][0]["rules"]:
        assert {"summary", "do"} <= set(one["annotations"]) and one["labels"]["severity"] in ("page", "warn")


def board() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TEXTS[DEPLOY / "grafana/truebook.json"])
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_and_command_that_is_named_exists(path: Path) -> None:
    ours = {"TRUEBOOK_HOSTNAME"}  # the proxy's own
    assert set(re.findall(r"\b(?:TRUEBOOK|DATABASE)_[A-Z_]+\b", TEXTS[path])) - set(VARIABLES) - ours == set()
    called = re.findall(r"(?:^|`|bin/)truebook ([a-z][a-z-]+)", TEXTS[path], re.MULTILINE)
    called += re.findall(r"(?:args|command): \[(\w+)\]", TEXTS[path])
    assert set(called) - set(COMMANDS) == set()


def test_containers_and_pods_are_closed() -> None:
    compose = yaml.safe_load(TEXTS[DEPLOY / "compose.yaml"])["services"]
    for name in ("app1", "app2", "worker", "migrate"):
        assert (compose[name]["read_only"], compose[name]["cap_drop"]) == (True, ["ALL"]), name
        assert "ports" not in compose[name]
    for thing in yaml.safe_load_all(TEXTS[DEPLOY / "kubernetes/truebook.yaml"]):
        if thing["kind"] in ("Deployment", "Job"):
            pod = thing["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsNonRoot"] is True
            assert pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] is True
    image = TEXTS[DEPLOY / "Containerfile"]
    assert "\nUSER 10001\n" in image and "HEALTHCHECK" in image and "--require-hashes" in image


def test_the_databases_superuser_is_for_migrating_and_backing_up_alone() -> None:
    compose = yaml.safe_load(TEXTS[DEPLOY / "compose.yaml"])["services"]
    ours = {name: one for name, one in compose.items() if one.get("image") == "truebook"}
    assert set(ours) == {"migrate", "app1", "app2", "worker"}
    for name, one in ours.items():
        said = json.dumps(one["environment"])
        assert ("DATABASE_ADMIN_URL" in said and "POSTGRES_PASSWORD" in said) == (name == "migrate"), name
        assert "truebook_app" in one["environment"]["DATABASE_URL"]
    for thing in yaml.safe_load_all(TEXTS[DEPLOY / "kubernetes/truebook.yaml"]):
        if thing["kind"] in ("Deployment", "Job"):
            pod = thing["spec"]["template"]["spec"]
            assert pod["automountServiceAccountToken"] is False
            secrets = {one["secretRef"]["name"] for one in pod["containers"][0]["envFrom"] if "secretRef" in one}
            assert secrets - {"truebook"} == ({"truebook-admin"} if thing["kind"] == "Job" else set())
    with_it = {path.name for path, text in TEXTS.items() if path.suffix == ".service" and "/etc/truebook/admin" in text}
    assert with_it == {"truebook-backup.service"}
    assert "DATABASE_ADMIN_URL" not in TEXTS[DEPLOY / "environment.example"]


def test_units_are_closed() -> None:
    closed = {
        path.name: {line for line in text.splitlines() if line.startswith(("NoNew", "Protect", "Private", "Restrict", "System", "Lock", "Memory"))}
        for path, text in TEXTS.items()
        if path.suffix == ".service"
    }  # fmt: skip
    worker = {line for line in closed["truebook-worker.service"] if not line.startswith("MemoryMax")}
    assert len(closed) == 3 and len(worker) > 15
    assert {name: worker - lines for name, lines in closed.items() if worker - lines} == {}
