"""
What docs/deploy.md says is so, as far as that is told without a machine to install it on.

`.ci/deploy` follows the page on a copy of a machine.
"""

import re
import subprocess
import sys

import pytest
from wagtail.admin.menu import settings_menu

from portal.environment import parse
from portal.stakeholders.roles import ROLES
from tests.deploy.page import PAGE, blocks
from tests.deploy.systemctl import DONE, LEFT_OUT
from tests.test_readme import documented

TEXT = PAGE.read_text()
BLOCKS = list(blocks(TEXT))


def example_of_the_environment() -> str:
    (text,) = re.findall(r"> /etc/portal.env <<END\n(.*?)^END$", TEXT, re.DOTALL | re.MULTILINE)
    return text


def test_the_example_of_the_environment_is_read_as_it_stands():
    """Comments behind the keys became part of them in one program, and not in another."""
    found = parse(example_of_the_environment())
    assert found.keys() <= documented()
    assert {"SECRET_KEY", "SEALING_KEYS", "RECORD_KEYS", "ALLOWED_HOSTS"} <= found.keys()
    assert [name for name, value in found.items() if "#" in value] == []


def test_no_other_line_of_variables_has_a_comment_behind_it():
    assert re.findall(r"^ {4}[A-Z_]+=.*\s#.*$", TEXT, re.MULTILINE) == []


def test_service_and_timer_have_no_environment_of_their_own():
    units = [block.text for block in BLOCKS if block.file.startswith("/etc/systemd/")]
    assert len(units) == 4
    assert not any("Environment" in unit for unit in units)
    names = set(re.findall(r"^(\w+)=", units[0] + units[1] + units[2], re.MULTILINE))
    assert names - DONE - LEFT_OUT == {"Description", "After", "WantedBy"}


def test_the_page_tells_user_folders_packages_timer_and_backup():
    typed = "".join(block.text for block in BLOCKS if block.user)
    for command in (
        "apt-get install",
        "adduser --system",
        "install -d -o portal",
        "createdb --owner=portal",
        "enable --now portal.service portal-answering.service portal-housekeeping.timer",
        "pg_dump",
        "pg_restore",
        "verify_record",
    ):
        assert command in typed


def test_every_group_is_told():
    assert set(re.findall(r"^\| ([A-Z][\w ]+?) +\|", TEXT, re.MULTILINE)) == set(ROLES)


@pytest.mark.django_db
def test_the_admin_s_places_have_these_names(client):
    client.get("/admin/")  # what the menu has is gathered with the addresses
    labels = [str(item.label) for item in settings_menu.registered_menu_items]
    places = re.findall(r"Settings → ([^,.:;]+)", TEXT)
    assert len(places) >= 3
    assert [place for place in places if not place.startswith(tuple(labels))] == []


def test_a_block_that_is_nobody_s_is_refused():
    with pytest.raises(ValueError, match="line 2: whose block"):
        list(blocks("## 1. x\n```sh\nrm -rf /\n```\n"))


def test_who_is_not_root_is_told_so():
    asked = (
        "import os, runpy\nos.geteuid = lambda: 1000\n"
        "runpy.run_module('tests.deploy', run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", asked], cwd=PAGE.parents[1], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert "only root can make one" in result.stdout


def test_continuous_integration_follows_the_page_at_its_end():
    script = (PAGE.parents[1] / ".ci" / "run").read_text()
    assert script.splitlines()[-1] == ".ci/deploy"
