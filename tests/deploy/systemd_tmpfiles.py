"""Stands in for systemd-tmpfiles: makes folders, of a file of lines `d PATH MODE USER GROUP`."""

import os
import shutil
import sys
from pathlib import Path

if __name__ == "__main__":
    asked, file = sys.argv[1:]
    assert asked == "--create", asked
    for line in Path(file).read_text().splitlines():
        if line and not line.startswith("#"):
            kind, path, mode, user, group = line.split()
            assert kind == "d", line
            os.makedirs(path, exist_ok=True)
            shutil.chown(path, user, group)
            os.chmod(path, int(mode, 8))
