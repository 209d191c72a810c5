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
TAKES_AND_IS_RUDE = "takes the message, says so, and drops the connection"
HANGS = "answers nothing until the test is over"


class MailServer(socketserver.ThreadingTCPServer):
    """
    `behaviour` may be changed at any time; `taken` holds every message that was taken, and
    `arrived` is set with each.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, behaviour: str = ACCEPTS) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.behaviour = behaviour
        self.taken: list[EmailMessage] = []
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
            self.server.over.wait(30)
            return
        self.say("220 mail.example ready")
        for line in self.rfile:
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "RCPT":
                recipient = rest
            match verb.upper(), behaviour:
                case "RCPT", behaviour if behaviour == REFUSES_RECIPIENT:
                    self.say(f"450 4.2.1 {recipient}: mailbox unavailable")
                case "DATA", behaviour if behaviour == DROPS_BEFORE_BODY:
                    return
                case "DATA", _:
                    self.say("354 go on")
                    message = self.read_message()
                    if behaviour == REFUSES_MESSAGE:
                        self.say(f"451 4.3.0 not now, {recipient}")
                        continue
                    self.server.taken.append(message)
                    self.server.arrived.set()
                    if behaviour == TAKES_AND_DROPS:
                        return
                    self.say("250 taken")
                    if behaviour == TAKES_AND_IS_RUDE:
                        return
                case "QUIT", _:
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 fine")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def read_message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=default_policy)  # type: ignore[return-value]
