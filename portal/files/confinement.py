"""What a process that reads others' files may use."""

from portal.files.limits import Limits


def confine(bounds: Limits) -> None:
    """
    Give this process a ceiling of time and memory, no core dump, and no file to write to.

    Windows has no such limits; there the caller's timeout is all there is.
    """
    try:
        import resource
    except ImportError:
        return
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
