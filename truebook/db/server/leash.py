"""A script that becomes a server's program: it drops root, ties its life to its parent's, and then runs the program.

`python leash.py PARENT UID GID SIGNAL PROGRAM ARGUMENT…`. It is a program of its own, and not a `preexec_fn`, because
Python code between fork and exec may hang in a process with threads. It imports nothing of Truebook.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def drop_root(uid: int, gid: int) -> None:
    """Become the user uid, with no group but gid."""
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def tie_to(parent: int, number: int) -> None:
    """Have the kernel send signal number to this process when its parent dies; exit if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the process that wanted this program is gone")


def main() -> None:
    """Do what the module says; never returns."""
    parent, uid, gid, number = map(int, sys.argv[1:5])
    program = sys.argv[5:]
    drop_root(uid, gid)
    tie_to(parent, number)  # after the change of user, which would undo it
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and a program would inherit that
    os.execv(program[0], program)


if __name__ == "__main__":
    main()
