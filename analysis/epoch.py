"""The moment that a build is asked to date itself by: SOURCE_DATE_EPOCH, as reproducible-builds.org defines it."""

import os

from analysis.faults import Fault, InputError

NAME = "SOURCE_DATE_EPOCH"
EARLIEST, BEYOND = 315532800, 4354819200  # what a zip file can say: the years 1980 to 2107


def read_epoch() -> int | None:
    """The seconds since 1970 that are asked for, or None. Takes an empty one out of the environment, where the
    libraries stumble over it. InputError for what is no such number.
    """
    text = os.environ.get(NAME, "")
    if not text.strip():
        os.environ.pop(NAME, None)
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and EARLIEST <= int(text) < BEYOND):
        raise InputError(Fault(NAME, "whole seconds since 1970, of a day from 1980 to 2107", repr(text)))
    return int(text)
