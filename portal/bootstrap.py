"""
What `make` runs: prepares a machine that has only Python, then runs, tests, checks or measures.

Standard library only, and nothing newer than old Pythons can parse, so that a wrong version gets
a sentence instead of a traceback. Each thing that can be missing costs one clear line.
"""

import glob
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What an old Python brings takes twice the time for the same packages.
PIP = "pip==26.3"
# As the timer of docs/deploy.md has it.
HOUSEKEEPING_SECONDS = 300
IN_CI = os.environ.get("CI") == "true"


def say(line):
    print("→ " + line, flush=True)


def stop(line):
    """End with one line that says what is wrong and what to do."""
    sys.exit("✗ " + line)


def require_python():
    """Go on under a Python that is new enough, or say that there is none."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in CANDIDATES:
        found = shutil.which(name)
        if found:
            os.execv(found, [found] + sys.argv)  # noqa: S606
    stop(
        "Python %d.%d or newer is needed; this is %s. Install one, or name it: make run PYTHON=…"
        % (OLDEST + (sys.version.split()[0],))
    )


def run(*command, **options):
    """Run a command of the virtual environment or the machine; return its exit code."""
    return subprocess.call(command, cwd=ROOT, **options)  # noqa: S603


def demonstration():
    """Return the environment of the demonstration, whatever portal else is on this machine."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.demo"}


def do(*arguments):
    """Run our Python with these arguments for the demonstration, and end where that fails."""
    code = run(PYTHON, *arguments, env=demonstration())
    if code:
        sys.exit(code)


def install(requirements):
    """Make a virtual environment with these requirements, unless nothing changed."""
    if not os.path.exists(PYTHON):
        say("Making a virtual environment in .venv")
        if run(sys.executable, "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)
            stop("Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)")
    wanted = hashlib.sha256()
    for name in ("requirements.txt", requirements):
        with open(os.path.join(ROOT, name), "rb") as file:
            wanted.update(file.read())
    stamp = os.path.join(VENV, "installed-" + requirements)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted.hexdigest():
                return
    say("Installing what %s lists (a minute or two the first time)" % requirements)
    # Half of pip's work, and the portal never reads most of it: what it does, Python compiles.
    how = () if sys.dont_write_bytecode else ("--no-compile",)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *how)
    for what in ((PIP,), ("-r", requirements)):
        done = subprocess.run(  # noqa: S603
            pip + what, cwd=ROOT, stderr=subprocess.PIPE, universal_newlines=True
        )
        if done.returncode:
            last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
            stop(
                "The packages could not be installed. Is the network there? pip said: %s"
                % "".join(last)
            )
    with open(stamp, "w") as file:
        file.write(wanted.hexdigest())


def compile_catalogues():
    """Make what the portal reads of the catalogues, which are text, where one has changed."""
    files = glob.glob(os.path.join(ROOT, "portal", "locale", "*", "LC_MESSAGES", "*.po"))
    if not all(map(is_compiled, files)):
        # Without the portal's applications, which take longer to begin than this takes to do.
        do("-m", "portal.catalogues")


def is_compiled(catalogue):
    compiled = catalogue[: -len("po")] + "mo"
    made = os.path.exists(compiled)
    return made and os.path.getmtime(compiled) >= os.path.getmtime(catalogue)


def require_free_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            stop("Port %d is taken. Choose another: make run PORT=%d" % (port, port + 1))


def the_port():
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop("PORT must be a number from 1 to 65535, not %r" % text)
    return int(text)


def wait_until_ready(server, port):
    for _attempt in range(600):
        if server.poll() is not None:
            stop("The server ended before it answered; its message is above.")
        try:
            urllib.request.urlopen("http://127.0.0.1:%d/health/ready" % port, timeout=5)  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    stop("The server did not answer within a minute.")


def tool(name, python=PYTHON):
    """Return the path of a command installed beside a Python, by default our environment's."""
    return os.path.join(os.path.dirname(python), name)


def server_command(port, python=PYTHON):
    """Return the command of the server on 127.0.0.1, for demonstrations and browser tests."""
    return [
        tool("granian", python),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "portal.wsgi:application",
    ]


def command_run():
    """Demonstration content on 127.0.0.1, kept from one start to the next."""
    port = the_port()
    require_free_port(port)
    install("requirements.txt")
    say("Preparing the database and the demonstration content in %s" % data_dir())
    compile_catalogues()
    do("manage.py", "demo", "--migrate")
    os.environ["PORT"] = str(port)
    server = subprocess.Popen(  # noqa: S603
        server_command(port),
        cwd=ROOT,
        env=demonstration(),
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        wait_until_ready(server, port)
        do("manage.py", "demo", "--show-accounts")
        sys.exit(keep_house(server))
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        print()
        say("Stopped. The data stays; `make run` goes on where you left off.")


def keep_house(server):
    """Do until the server ends what a timer does in an installation; return its exit code."""
    while server.poll() is None:
        # Apart, so that Ctrl-C has it print no traceback; what it leaves undone it does next time.
        run(
            *(PYTHON, "manage.py", "housekeeping"),
            env=demonstration(),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            server.wait(timeout=HOUSEKEEPING_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return server.returncode


def data_dir():
    return os.environ.get("DATA_DIR", os.path.join(ROOT, "var"))


def find_browser():
    """Name a Chromium in CHROMIUM; without one browser tests skip, and in CI that is a failure."""
    if os.environ.get("CHROMIUM"):
        return
    found = [path for path in map(shutil.which, CHROMIUMS) if path]
    if found:
        os.environ["CHROMIUM"] = found[0]
        return
    how = (
        "On Debian and Ubuntu: apt install chromium. Elsewhere: .venv/bin/playwright install "
        "chromium, then CHROMIUM=playwright; or name one with CHROMIUM=/path/to/it."
    )
    if IN_CI:
        stop("No Chromium here, and the browser tests need one. " + how)
    say("No Chromium here: the browser tests are skipped. " + how)


def command_test():
    """Run the whole suite; further arguments go to pytest."""
    install("requirements-dev.txt")
    compile_catalogues()
    find_browser()
    arguments = sys.argv[2:] or ["-n", "auto", "--dist", "loadgroup"]
    sys.exit(run(PYTHON, "-m", "pytest", *arguments))


def command_test_faults():
    """Run long tests: killed workers, hostile files, pages at every width; arguments to pytest."""
    install("requirements-dev.txt")
    compile_catalogues()
    find_browser()
    what = ["tests/faults", "tests/browser/test_pages.py", "-m", "faults or browser"]
    arguments = sys.argv[2:] or ["-n", "0"]
    everywhere = {**os.environ, "AXE_EVERYWHERE": "1"}
    sys.exit(run(PYTHON, "-m", "pytest", *what, *arguments, env=everywhere))


def command_check():
    """Lint, format, types, migrations, the library and Django's own deployment checks."""
    install("requirements-dev.txt")
    compile_catalogues()
    safe = {
        "SECRET_KEY": "x" * 25 + "check-deploy-only" * 3,
        "ALLOWED_HOSTS": "portal.example",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "SECURITY_CONTACT": "mailto:security@portal.example",
    }
    production = {**os.environ, **safe, "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    steps = (
        ((tool("ruff"), "check", "."), None),
        ((tool("ruff"), "format", "--check", "."), None),
        ((tool("mypy"), "portal", "consultations", "knowledge"), None),
        ((PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"), demonstration()),
        ((PYTHON, "manage.py", "check_library"), demonstration()),
        ((PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"), production),
    )
    for command, environment in steps:
        say(" ".join(os.path.basename(part) for part in command))
        code = run(*command, env=environment)
        if code:
            sys.exit(code)


def command_bench():
    """Measure the goals; ONLY=P1,P3 chooses."""
    install("requirements-dev.txt")
    compile_catalogues()
    sys.exit(run(PYTHON, "-m", "tests.bench"))


def command_messages():
    """Bring the interface's catalogues up to date; further arguments go to the command."""
    install("requirements.txt")
    do("manage.py", "messages", *sys.argv[2:])


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "test-faults": command_test_faults,
    "check": command_check,
    "bench": command_bench,
    "messages": command_messages,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        stop("Say what to do: one of %s" % ", ".join(COMMANDS))
    require_python()
    COMMANDS[sys.argv[1]]()
