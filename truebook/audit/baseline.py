"""The findings a project has accepted, in a file beside its code: a build fails on those that are new."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from truebook.audit.findings import Finding, Report, Severity
from truebook.kernel.errors import Fact

_WORDS = {severity.word: severity for severity in Severity}


class BaselineUnreadable(Fact):
    """The file of accepted findings is not there, or is not one."""

    code = "baseline_unreadable"


@dataclass(frozen=True, order=True)
class Accepted:
    """A finding that was accepted: where, by which rule, and how grave it was then."""

    place: str
    rule: str
    severity: Severity


def read(path: Path) -> list[Accepted]:
    """Return the accepted findings in a file; raise BaselineUnreadable."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["accepted"]
        return [Accepted(str(one["place"]), str(one["rule"]), _WORDS[one["severity"]]) for one in listed]
    except FileNotFoundError:
        raise BaselineUnreadable(f"{path} is not there: add --renew to write it with what is found now") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise BaselineUnreadable(f"{path} cannot be read: {problem}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BaselineUnreadable(f"{path} is not a file that --accept {path} --renew has written") from None


def write(path: Path, report: Report) -> None:
    """Write all that a report found, one finding a line, so that a change reads well in a diff; raise OSError."""
    lines = [
        json.dumps({"place": one.place, "rule": one.rule, "severity": one.severity.word}, ensure_ascii=False)
        for one in sorted(_accepted(finding) for finding in report.findings)
    ]
    path.write_text('{"accepted": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def apply(report: Report, accepted: list[Accepted]) -> Report:
    """Return the report without what was accepted, and with the accepted places that are well now.

    A finding that became graver than it was when it was accepted is a new one.
    """
    known = {(one.place, one.rule): one.severity for one in accepted}
    left = Counter((one.place, one.rule) for one in accepted)
    new = []
    for finding in report.findings:
        name = (finding.place, finding.rule)
        if left[name] and finding.level <= known[name]:
            left[name] -= 1
        else:
            new.append(finding)
    still = {(finding.place, finding.rule) for finding in report.findings}
    mended = sorted(
        {f"{place} ({rule})" for (place, rule), count in left.items() if count and (place, rule) not in still}
    )
    return replace(report, findings=new, accepted=len(report.findings) - len(new), mended=mended)


def _accepted(finding: Finding) -> Accepted:
    return Accepted(finding.place, finding.rule, finding.level)
