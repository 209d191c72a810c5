"""A real node with TLS and keys: the portal writes and finds, and trusts nobody else."""

import base64
import ipaddress
import json
import ssl
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.engines import get_engine
from portal.search.query import SearchQuery
from tests import real_elasticsearch
from tests.portal.search.factories import put_card

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

USER, PASSWORD = "portal", "a-test-of-keys"
BCRYPT = "$2a$10$abcdefghijklmnopqrstuuF0OE5hJsuN.XkGgLZ8l4LVJZrAnHlwW"
# What docs/deploy.md gives the portal's key.
PRIVILEGES = {
    "cluster": ["monitor"],
    "indices": [{"names": ["secured-cards*"], "privileges": ["all"]}],
}


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate of 127.0.0.1 with its key, as PEM files in `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / f"{name}.crt").write_bytes(signed.public_bytes(pem))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / f"{name}.crt"


@pytest.fixture(scope="module")
def secured() -> Iterator[tuple[str, Path, str]]:
    """Address, authority and an API key of a node that is closed to all others."""
    if real_elasticsearch.home() is None:
        pytest.skip("ELASTICSEARCH_HOME names no Elasticsearch")
    node = real_elasticsearch.Node(
        options={
            "xpack.security.enabled": "true",
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.certificate": "node.crt",
            "xpack.security.http.ssl.key": "node.key",
        }
    )
    config = node.work / "config"
    authority = certificate(config, "node")
    for name in ("node.crt", "node.key"):
        (config / name).chmod(0o644)
    (config / "users").write_text(f"{USER}:{BCRYPT}\n")
    (config / "users_roles").write_text(f"superuser:{USER}\n")
    try:
        node.start()
        key = made_key(node, authority)
        yield node.url.replace("http:", "https:"), authority, key
    finally:
        node.remove()


def made_key(node: real_elasticsearch.Node, authority: Path) -> str:
    """An API key with the privileges of the portal alone, in the form that the setting takes."""
    request = urllib.request.Request(
        f"https://127.0.0.1:{node.port}/_security/api_key",
        data=json.dumps({"name": "portal", "role_descriptors": {"portal": PRIVILEGES}}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(),
        },
    )
    deadline = time.monotonic() + real_elasticsearch.START_SECONDS
    while True:
        try:
            context = ssl.create_default_context(cafile=str(authority))
            with urllib.request.urlopen(request, context=context, timeout=5) as answer:  # noqa: S310
                return json.load(answer)["encoded"]
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture
def portal_of(settings, secured):
    settings.ELASTICSEARCH_URL = [secured[0]]
    settings.ELASTICSEARCH_CA_CERTS = str(secured[1])
    settings.ELASTICSEARCH_API_KEY = secured[2]
    settings.ELASTICSEARCH_INDEX = "secured-cards"
    return settings


def answers() -> tuple[list[str], bool]:
    page = get_engine().search(SearchQuery("spyware"))
    return [hit.key for hit in page.hits], page.simpler


def test_finds_and_writes_with_the_privileges_of_its_key(portal_of):
    put_card("Spyware", key="a")
    call_command("rebuild_search", index_only=True, verbosity=0)
    put_card("More spyware", key="b")
    call_command("search_outbox", verbosity=0)
    # With more patience than a reader's: a node that has just begun is slow.
    page = ElasticsearchEngine().search(SearchQuery("spyware"))
    assert {hit.key for hit in page.hits} == {"a", "b"}


@pytest.mark.parametrize("wrong", ["key", "authority"])
def test_without_its_key_or_behind_another_certificate_the_database_answers(
    portal_of, wrong, tmp_path
):
    put_card("Spyware", key="a")
    call_command("rebuild_search", index_only=True, verbosity=0)
    if wrong == "key":
        portal_of.ELASTICSEARCH_API_KEY = base64.b64encode(b"no:key").decode()
    else:
        portal_of.ELASTICSEARCH_CA_CERTS = str(certificate(tmp_path, "another"))
    assert answers() == (["a"], True)
    put_card("More spyware", key="b")
    with pytest.raises(CommandError):
        call_command("search_outbox", verbosity=0)
