"""The one who installed it, at a browser: signs in for the first time, and uploads a picture."""

import base64
import hashlib
import hmac
import http.client
import re
import ssl
import struct
import time
from io import BytesIO

from PIL import Image

from tests.faults.strangers_client import Page, Stranger
from tests.portal.notifications.mailserver import MailServer

HOST = "portal.example.org"
CERTIFICATE = "/etc/ssl/portal/fullchain.pem"
ADDRESS = "operator@example.org"
PASSWORD = "seventeen herons at dusk"
CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{2,})*)\s*$", re.MULTILINE)


class Visitor(Stranger):
    """Somebody who comes through the proxy, and takes its certificate for the only good one."""

    def __init__(self) -> None:
        super().__init__(443, HOST)

    def connect(self) -> http.client.HTTPConnection:
        trusting = ssl.create_default_context(cafile=CERTIFICATE)
        return http.client.HTTPSConnection(HOST, self.port, timeout=60, context=trusting)

    def at(self, path: str) -> Page:
        return self.see(f"https://{HOST}{path}")


class Operator(Visitor):
    """With the account that `createsuperuser` made; reads the mail that `mail` takes."""

    def __init__(self, mail: MailServer) -> None:
        super().__init__()
        self.mail = mail

    def sign_in(self) -> None:
        """From the admin's door to its first page, setting up a second factor on the way."""
        page = self.at("/admin/")
        page = self.press(page.form("Sign in"), "Sign in", {"login": ADDRESS, "password": PASSWORD})
        page = self.press(page.form("Continue"), "Continue", {"code": self.code_from_mail()})
        page = self.at("/en/accounts/2fa/totp/activate/")
        if page.soup.find("input", attrs={"name": "password"}):
            page = self.press(page.form("Continue"), "Continue", {"password": PASSWORD})
        form = page.form("Turn two-step sign-in on")
        secret = page.soup.find("input", id="authenticator_secret")["value"]
        self.press(form, "Turn two-step sign-in on", {"code": totp(str(secret))})
        self.is_in_the_admin()

    def is_in_the_admin(self) -> None:
        page = self.at("/admin/")
        assert page.status == 200, (page.address, page.status, page.text)
        assert page.address.endswith("/admin/"), (page.address, page.text)

    def code_from_mail(self) -> str:
        """The code of the newest mail, which the service sends within a moment."""
        assert self.mail.arrived.wait(60), "no mail came"
        body = self.mail.taken[-1].get_body(("plain",))
        assert body is not None
        found = CODE.search(body.get_content())
        assert found, body.get_content()
        return found[1]

    def upload_picture(self) -> str:
        """Put a picture into the library; the path at which it is shown."""
        out = BytesIO()
        Image.new("RGB", (400, 300), "teal").save(out, "PNG")
        page = self.at("/admin/images/add/")
        form = next(each for each in page.forms() if each.controls("file"))
        file = ("harbour.png", out.getvalue(), "image/png")
        page = self.press(form, "Upload", {"title": "Harbour", "file": file})
        assert page.status == 200, page.text
        shown = self.at("/admin/images/").soup.find("img", src=re.compile("^/media/images/"))
        assert shown is not None, page.text
        return str(shown["src"])


def totp(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
