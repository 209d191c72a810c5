"""
Passkeys in a real Chromium, whose authenticator is a virtual one: made, used, and missing.

The browser goes to “localhost”: a passkey needs HTTPS or that name, and no browser makes one for a
bare address.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, follow
from tests.browser.test_pages import faults, too_wide


@pytest.fixture
def local(chromium, portal):
    """A page at localhost with a virtual authenticator that asks for a finger, and gets it."""
    context = chromium.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    page.base = portal.base.replace("127.0.0.1", "localhost")
    yield page
    context.close()
    assert errors == []


def visit(page, path):
    page.goto(page.base + path)


def press(page, name):
    follow(page.get_by_role("button", name=name, exact=True))


def sign_in(page, portal, email):
    visit(page, "/en/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(portal.password)
    press(page, "Sign in")


def sign_out(page):
    visit(page, "/en/accounts/logout/")
    follow(page.get_by_role("main").get_by_role("button", name="Sign out"))


def make_passkey(page, portal, name, *, alone):
    visit(page, "/en/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(portal.password)
    press(page, "Continue")
    assert faults(page) == []
    assert not too_wide(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Sign me in with it alone").set_checked(alone)
    press(page, "Make the passkey")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_signs_in_by_itself_and_proves_who_one_is(local, portal):
    sign_in(local, portal, "clearer@demo.example")
    make_passkey(local, portal, "Telephone", alone=True)
    visit(local, "/en/accounts/2fa/webauthn/")
    expect(local.get_by_text("It signs you in by itself.")).to_be_visible()
    assert faults(local) == []
    sign_out(local)
    visit(local, "/en/accounts/login/?next=/en/accounts/sessions/")
    press(local, "Sign in with a passkey")
    expect(local.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    # Proof again: what was asked for comes after it.
    visit(local, "/en/accounts/2fa/webauthn/")
    follow(local.get_by_role("link", name=re.compile("^Remove")))
    follow(local.get_by_role("link", name="Use your passkey"))
    assert faults(local) == []
    press(local, "Use a passkey")
    press(local, "Remove it")
    expect(local.get_by_text("You have none.")).to_be_visible()


def test_a_passkey_is_a_second_step(local, portal):
    sign_in(local, portal, "signer@demo.example")
    make_passkey(local, portal, "Security key", alone=False)
    sign_out(local)
    sign_in(local, portal, "signer@demo.example")
    expect(local.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    assert faults(local) == []
    press(local, "Use a passkey")
    expect(local.get_by_role("link", name="Your account", exact=True)).to_be_visible()


def test_where_there_can_be_none_a_sentence_says_so(someone):
    """At a bare address no browser makes a passkey: nothing is lost, and another way is named."""
    visitor = someone(viewport=PHONE)
    page = visitor.visit("/en/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").get_by_text("The browser gave no passkey.")).to_be_visible()
    assert faults(page) == []


def test_without_script_no_button_is_there_and_everything_else_is(someone):
    page = someone(javascript=False, viewport=PHONE).visit("/en/accounts/login/")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
