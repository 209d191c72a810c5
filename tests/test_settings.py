"""Production is the base: it refuses to start unsafe, and passes Django's own deployment checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAFE = {
    "SECRET_KEY": "long-enough-and-random-enough-for-the-check-0123456789",
    "ALLOWED_HOSTS": "portal.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "SECURITY_CONTACT": "mailto:security@portal.example",
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return run("manage.py", *arguments, **environment)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SECURITY_CONTACT"]
)
def test_production_refuses_to_start_without(missing):
    environment = {k: v for k, v in SAFE.items() if k != missing}
    result = manage("check", **environment)
    assert result.returncode != 0
    assert missing in result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SEALING_KEYS", "RECORD_KEYS"])
@pytest.mark.parametrize("key", ["abc   # made as SECRET_KEY is", "new,abc # old", "a b", "a#b"])
def test_a_key_that_a_comment_became_part_of_stops_the_start(name, key):
    result = manage("check", **{**SAFE, name: key})
    assert result.returncode != 0
    said = result.stderr.strip().splitlines()[-1]
    assert f"{name} holds white space or “#”" in said
    assert "Give comments lines of their own." in said
    assert "abc" not in said


def test_keys_are_taken_as_they_are():
    keys = {"SEALING_KEYS": "new-_key,old", "RECORD_KEYS": "one"}
    shown = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "print(settings.SEALING_KEYS, settings.RECORD_KEYS)"
    )
    assert run("-c", shown, **SAFE, **keys).stdout.strip() == "['new-_key', 'old'] ['one']"


def strict_transport(**environment: str) -> str:
    shown = (
        "import django; django.setup()\n"
        "from django.test import RequestFactory\n"
        "from django.http import HttpResponse\n"
        "from portal.onion import SecurityMiddleware\n"
        "answer = SecurityMiddleware(lambda request: HttpResponse())\n"
        "print(answer(RequestFactory().get('/', secure=True))['Strict-Transport-Security'])"
    )
    return run("-c", shown, **SAFE, **environment).stdout.strip()


def test_how_long_browsers_hold_to_https_is_the_operators():
    assert strict_transport() == "max-age=31536000; includeSubDomains"
    asked = {
        "SECURE_HSTS_SECONDS": "300",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": "false",
        "SECURE_HSTS_PRELOAD": "true",
    }
    assert strict_transport(**asked) == "max-age=300; preload"


def test_deployment_checks_find_nothing():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_deployment_checks_find_nothing_with_an_address_inside_tor():
    onion = {"ONION_HOST": f"{'portal' * 9}ab.onion"}
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE, **onion)
    assert result.returncode == 0, result.stderr


def test_nor_do_those_that_ask_for_django_s_security_middleware_by_name():
    asked = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.checks import run_checks\n"
        "ours, djangos = 'portal.onion.Security', 'django.middleware.security.Security'\n"
        "settings.MIDDLEWARE = [each.replace(ours, djangos) for each in settings.MIDDLEWARE]\n"
        "checks = run_checks(include_deployment_checks=True)\n"
        "settings.SILENCED_SYSTEM_CHECKS = ['security.W021']\n"
        "print([check for check in checks if not check.is_silenced()])"
    )
    result = run("-c", asked, **SAFE)
    assert result.stdout.strip() == "[]", result.stderr + result.stdout


def test_no_migration_is_missing():
    result = manage("makemigrations", "--check", "--dry-run", **SAFE)
    assert result.returncode == 0, result.stdout


def test_the_strict_policy_allows_nothing_inline():
    from django.conf import settings

    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert "'unsafe-inline'" not in str(directives)
    assert all(
        source in {"'none'", "'self'"} for sources in directives.values() for source in sources
    )
