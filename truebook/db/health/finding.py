"""What a look at the database found out about one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `problem` and `fix` are a plain sentence each, empty where all is well.

    A fatal problem keeps Truebook from starting; any other is a warning.
    """

    name: str
    ok: bool
    problem: str = ""
    fix: str = ""
    fatal: bool = True


def judge(name: str, problem: str | None, fix: str, *, fatal: bool = True) -> Finding:
    """Return the finding on something that has a problem, or none."""
    return Finding(name, False, problem, fix, fatal) if problem else Finding(name, True, fatal=fatal)
