"""What the long runs stand on: the same fixtures as the rooms' own tests."""

from tests.consultations.conftest import consultations

__all__ = ["consultations"]
