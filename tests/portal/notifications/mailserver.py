"""A real SMTP server on a free port that behaves as badly as it is told."""

import email
import socketserver
import threading
from email.message import EmailMessage
from email.policy import default as default_policy
from typing import Self

# What the server does, by the step at which it does it.
ACCEPTS = "accepts"
REFUSES_RECIPIENT = "refuses the recipient, naming them"
REFUSES_MESSAGE = "refuses the message, naming the recipient"
DROPS_BEFORE_BODY = "drops the connection before the body"
TAKES_AND_DROPS = "takes the message and drops the connection before saying so"
TAKES_AND_HANGS = "takes the message and says so only when it behaves otherwise"
TAKES_AND_IS_RUDE = "takes the message, says so, and drops the connection"
HANGS = "answers nothing, until it behaves otherwise"


class MailServer(socketserver.ThreadingTCPServer):
    """
    `behaviour` may be changed at any time; `taken` holds every message that was taken, `raw` its
    bytes, and `arrived` is set with each. `said` holds what clients said besides.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, behaviour: str = ACCEPTS) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.behaviour = behaviour
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.said: list[str] = []
        self.over = threading.Event()
        self.arrived = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        behaviour = self.server.behaviour
        recipient = "nobody"
        if behaviour == HANGS:
            self.hang(behaviour)
            return
        self.say("220 mail.example ready")
        for line in self.rfile:
            self.server.said.append(line.decode().strip())
            verb, _, rest = self.server.said[-1].partition(" ")
            verb = verb.upper()
            if verb == "RCPT":
                recipient = rest
            if verb == "RCPT" and behaviour == REFUSES_RECIPIENT:
                self.say(f"450 4.2.1 {recipient}: mailbox unavailable")
            elif verb == "DATA":
                if behaviour == DROPS_BEFORE_BODY or not self.take(recipient):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self, recipient: str) -> bool:
        """Read a message and do with it as told; False where the connection is to end."""
        behaviour = self.server.behaviour
        self.say("354 go on")
        raw = self.read_message()
        if raw is None:
            return False
        if behaviour == REFUSES_MESSAGE:
            self.say(f"451 4.3.0 not now, {recipient}")
            return True
        self.server.raw.append(raw)
        message = email.message_from_bytes(raw, policy=default_policy)
        self.server.taken.append(message)  # type: ignore[arg-type]
        self.server.arrived.set()
        if behaviour == TAKES_AND_HANGS:
            self.hang(behaviour)
        if behaviour == TAKES_AND_DROPS:
            return False
        self.say("250 taken")
        return behaviour != TAKES_AND_IS_RUDE

    def hang(self, behaviour: str) -> None:
        while self.server.behaviour == behaviour and not self.server.over.wait(0.05):
            pass

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def read_message(self) -> bytes | None:
        """The message; None where the connection ended before it did."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)
