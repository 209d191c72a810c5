"""An administrator invites, clears, resets with a second one, exports and deletes, in the admin."""

import json
import re
import zipfile

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, follow
from tests.browser.test_approving import asked_of
from tests.codes import CODE

ADMIN, OTHER = "admin@demo.example", "clearer@demo.example"
INVITED = "ines@people.example"

LINK = r"\S+/accounts/invitation/\S+"


def mailed(portal, to, wanted):
    """What matches in the newest mail to an address that has it, once the server has sent it."""
    code = (
        "import django, json; django.setup(); from pathlib import Path;"
        "from django.conf import settings; from portal.demo_mail import latest_mail;"
        "print(json.dumps([m['text'] for m in latest_mail(Path(settings.EMAIL_FILE_PATH))"
        f" if m['to'] == {to!r}]))"
    )
    for _again in range(20):
        portal.manage("send_notifications", "--verbosity", "0")
        for text in json.loads(asked_of(portal, ["-c", code])):
            if found := re.search(wanted, text):
                return found[0]
    raise AssertionError(f"no mail to {to} has {wanted}")


def more_of(page, name):
    """Open what can be done with somebody in the list of people."""
    page.get_by_role("button", name=re.compile(f"More options for '{name}'")).click()


def test_an_administrator_manages_people(someone, portal, tmp_path):
    admin = someone()
    admin.sign_in(ADMIN)
    page = admin.visit("/admin/users/")
    follow(page.get_by_role("link", name="Invite a person").first)
    page.get_by_label("E-mail address").fill(INVITED)
    page.get_by_label("Moderators").check()
    page.get_by_label("What for").fill("To screen the answers with us.")
    follow(page.get_by_role("button", name="Send the invitation"))
    expect(page.get_by_text(INVITED).first).to_be_visible()

    invited = someone()
    link = mailed(portal, INVITED, LINK)
    theirs = invited.page
    theirs.goto(link)
    expect(theirs.get_by_text("To screen the answers with us.")).to_be_visible()
    follow(theirs.get_by_role("button", name="Send me a code"))
    theirs.get_by_label("Code", exact=True).fill(mailed(portal, INVITED, CODE.pattern))
    follow(theirs.get_by_role("button", name="Go on"))
    theirs.get_by_label("Name", exact=True).fill("Ines Invited")
    theirs.get_by_label("Prefer not to say").check()
    follow(theirs.get_by_role("button", name="Make the account"))
    follow(theirs.get_by_role("button", name="Accept"))
    expect(theirs.get_by_text("You have accepted the invitation.")).to_be_visible()

    asked_of(
        portal,
        [
            "-c",
            "import django; django.setup(); from tests.staff import set_up_factor;"
            "from portal.stakeholders.models import User;"
            f"set_up_factor(User.objects.get(email={INVITED!r})); print('done')",
        ],
    )
    page = admin.visit(f"/admin/users/?q={INVITED}")
    expect(page.locator("table").get_by_text("Authenticator app")).to_be_visible()
    more_of(page, "Ines Invited")
    follow(page.get_by_role("link", name="Clearance", exact=True))
    follow(page.get_by_role("button", name="Propose"))

    page = admin.visit(f"/admin/users/?q={INVITED}")
    more_of(page, "Ines Invited")
    follow(page.get_by_role("link", name="Remove a lost second factor"))
    page.get_by_label("Reason").fill("I rang her.")
    follow(page.get_by_role("button", name="Ask for it"))
    expect(page.get_by_text("Waits for another administrator.")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("Approve")).count() == 0

    second = someone()
    second.sign_in(OTHER)
    other = second.visit("/admin/clearances/")
    given = other.locator("li").filter(has_text="Ines Invited")
    follow(given.get_by_role("button", name=re.compile("Give")).first)
    other = second.visit("/admin/users/resets/")
    follow(other.get_by_role("button", name=re.compile("Approve: remove it")))
    expect(other.get_by_text("The second factor is removed")).to_be_visible()
    assert mailed(portal, INVITED, "removed two-step sign-in")

    page = admin.visit(f"/admin/users/?q={INVITED}")
    expect(page.locator("table").get_by_text("None", exact=True)).to_be_visible()
    more_of(page, "Ines Invited")
    follow(page.get_by_role("link", name="Export", exact=True))
    page.get_by_label("Reason").fill("She wrote to us.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    download.value.save_as(tmp_path / "account.zip")
    with zipfile.ZipFile(tmp_path / "account.zip") as packed:
        assert json.loads(packed.read("account.json"))["account"]["email"] == INVITED

    page = admin.visit(f"/admin/users/?q={INVITED}")
    more_of(page, "Ines Invited")
    follow(page.get_by_role("link", name="Delete"))
    page.get_by_label("Reason").fill("She has left.")
    follow(page.get_by_role("button", name="Go on"))
    follow(page.get_by_role("button", name="Yes, delete it"))
    expect(page.get_by_text("The account is deleted")).to_be_visible()
    assert mailed(portal, INVITED, "She has left.")
    expect(admin.visit(f"/admin/users/?q={INVITED}").get_by_text("No account fits")).to_be_visible()


def test_the_owner_takes_a_copy_on_a_phone(someone):
    member = someone(viewport=PHONE)
    member.sign_in("member@demo.example")
    page = member.visit("/en/accounts/")
    follow(page.get_by_role("link", name="What we keep about you"))
    page.get_by_label("Password").fill(member.portal.password)  # once more: it is their safety
    follow(page.get_by_role("button", name="Continue"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename == "account.zip"
    page = member.visit("/en/accounts/delete/")
    expect(page.get_by_text("It happens at once")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
