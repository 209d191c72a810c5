"""`python -m tests.deploy`: follow docs/deploy.md on a copy of this machine."""

import os
import sys

from tests.deploy import machine

if __name__ == "__main__":
    if os.geteuid() != 0:
        print(
            "→ docs/deploy.md is not followed here: it makes users, folders and services in a copy"
            " of this machine, and only root can make one. As root: .ci/deploy"
        )
        sys.exit(0)
    if not machine.allows_copies():
        print(
            "→ docs/deploy.md is not followed here: this machine lets nobody make namespaces"
            " (in a container: run it with --privileged)."
        )
        sys.exit(0)
    sys.exit(machine.run_in_copy(sys.executable, "-m", "tests.deploy.walk"))
