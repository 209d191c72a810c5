"""
What the process that reads strangers' files may not do.

Limits of POSIX, and on Linux a filter of system calls (seccomp) that answers "not permitted" where
a reader, made to do another's will, asks for the network, a program, or a file to write to.
"""

import ctypes
import os
import platform
import struct
import sys

from portal.files.limits import Limits

# For each kind of processor its number, that of openat, and those of: socket, connect, socketpair,
# execve, execveat, ptrace, io_uring_setup, openat2, unlinkat, renameat, renameat2, truncate; then
# of open, creat, unlink, rename and their like where there are older ones beside these.
CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        257,
        (41, 42, 53, 59, 322, 101, 425, 437, 263, 264, 316, 76, 2, 85, 87, 82),
    ),
    "aarch64": (0xC00000B7, 56, (198, 203, 199, 221, 281, 117, 425, 437, 35, 38, 276, 45)),
}
GIVES_WAY = 10  # of 19
WRITING = 0o1 | 0o2 | 0o100 | 0o1000  # flags of openat: to write, both, to make, to empty
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, JUMP_IF_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOWED, NOT_PERMITTED, KILLED = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, ARCHITECTURE, THIRD_ARGUMENT = 0, 4, 32  # where a call's data has them
SECOND_ABI = 0x40000000  # x86-64 has every call twice


def confine(bounds: Limits) -> None:
    """
    Give this process a ceiling of time and memory, no core dump, no file to write to, no network,
    and a lower priority than those that answer requests.

    Windows has no such limits; there the caller's timeout is all there is.
    """
    try:
        import resource
    except ImportError:
        return
    os.nice(GIVES_WAY)
    wanted = {
        "RLIMIT_CPU": bounds.seconds,
        "RLIMIT_AS": bounds.memory_bytes,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
    }
    for name, value in wanted.items():
        try:
            limit = getattr(resource, name)
            hard = resource.getrlimit(limit)[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (ceiling, ceiling))
        except (AttributeError, ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue
    if sys.platform == "linux" and platform.machine() in CALLS:
        forbid(*CALLS[platform.machine()])


def forbid(architecture: int, openat: int, numbers: tuple[int, ...]) -> None:
    """Let the kernel refuse these calls, and opening a file to write to it, from now on."""
    count = len(numbers)
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILLED),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_AT_LEAST, count + 4, 0, SECOND_ABI),
        *((JUMP_IF_EQUAL, count - place + 3, 0, n) for place, n in enumerate(numbers)),
        (JUMP_IF_EQUAL, 0, 2, openat),
        (LOAD, 0, 0, THIRD_ARGUMENT),
        (JUMP_IF_SET, 1, 0, WRITING),
        (RETURN, 0, 0, ALLOWED),
        (RETURN, 0, 0, NOT_PERMITTED),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    described = ctypes.create_string_buffer(
        struct.pack("HP", len(steps), ctypes.addressof(program))
    )
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0)
