#!/usr/bin/env python3
"""Verify a deposit: `python3 verify.py FILE`. Needs this file, the deposit and Python 3.9 or newer, no more.

A deposit is one zip file in one exact form: files are stored as they are, one after the other, sorted by
name, all with one date, and nothing before, between or after them. So there is one reading of it, it cannot
unfold to more than it is, and it is read once, front to back. Inside is a BagIt bag: every file is listed
with its SHA-256 and SHA-512. Exit code 1, with one reason, where anything is otherwise.

The file's own SHA-256 is shown at the end. It alone tells this deposit from another whole one: compare it
with what the archive states.

This is longer than one module should be, because it must run alone: it is copied into each deposit.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import re
import select
import stat
import struct
import sys
import textwrap
import time
import unicodedata
import zlib
from fractions import Fraction
from typing import Any, BinaryIO
from urllib.parse import unquote

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
UTF8, ENCRYPTED = 0x800, 0x1
MODES = {0o100644, 0o100755}
MOST_FILES, MOST_BYTES, MOST_KEPT, LONGEST_NAME = 20_000, 2**31, 2**28, 500
CHUNK = 2**20
FIGURE = re.compile(
    r"-?\d{1,60}(\.\d{1,60}|/\d{1,60})?"
)  # no exponent: 1e999999999 would be a number to wait for

ALGORITHMS = ("sha256", "sha512")
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
DEPOSIT = "deposit.json"  # in the payload: what was deposited, and which files are its sources
CRATE = "ro-crate-metadata.json"
FIGURES = "figures/manifest.json"
NUMBERS = "_manuscript/numbers.json"
AUDIT = "_manuscript/audit.json"
ENVIRONMENT = "that needs the environment (python3 reproduce.py check)"
KINDS = {  # of numbers, and what is found good of those of each
    "transcribed": "{} of them are read from cells and equal them: {}",
    "coded": "{} of them were coded from statements, by rules, in cells that they equal: {}",
    "counted": "{} of them count rows or findings, and there are as many: {}",
    "derived": "{} of them are computed from other numbers; " + ENVIRONMENT + ": {}",
    "measured": "{} of them are measured over rows; " + ENVIRONMENT + ": {}",
}
KEPT = re.compile(r"[^/]*\.txt|data/([^/]*\.json|_manuscript/[^/]*\.json|figures/manifest\.json|data/[^/]*)")


class Refused(Exception):
    """The file is not a whole deposit; the message says why, in one sentence."""


class Source:
    """The file, read once and forwards; `sha256` is of what was read."""

    def __init__(self, file: BinaryIO):
        self.file, self.offset, self.sha256 = file, 0, hashlib.sha256()

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        data = self.file.read(size)
        if len(data) != size:
            raise Refused("the file ends too early: it is truncated")
        self.offset += size
        self.sha256.update(data)
        return data


class Member:
    """One file in the deposit: its size, its hashes by algorithm, and its content if that is needed.

    `git` is the hash by which git and Software Heritage name content. `offset` is where it begins in the zip.
    """

    def __init__(self, name: str, size: int, dos_time: tuple[int, int], crc: int, offset: int):
        self.name, self.size, self.dos_time, self.crc, self.offset = name, size, dos_time, crc, offset
        self.mode = 0
        self.hashes: dict[str, str] = {}
        self.content = b""

    def read(self, source: Source, keep: bool) -> None:
        """Read and hash the content. Raises Refused where its checksum in the zip is another."""
        hashers = {name: hashlib.new(name) for name in ALGORITHMS}
        hashers["git"] = hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)
        crc, left, kept = 0, self.size, []
        while left:
            data = source.take(min(left, CHUNK))
            left -= len(data)
            crc = zlib.crc32(data, crc)
            for hasher in hashers.values():
                hasher.update(data)
            if keep:
                kept.append(data)
        if crc != self.crc:
            raise Refused(f"{self.name} is damaged: its checksum in the zip is another")
        self.hashes = {name: hasher.hexdigest() for name, hasher in hashers.items()}
        self.content = b"".join(kept)

    def header(self) -> bytes:
        """The fields that both of the file's records in the zip share."""
        name = self.name.encode()
        flags = 0 if self.name.isascii() else UTF8
        return struct.pack(
            "<5H3L2H", 20, flags, 0, *self.dos_time, self.crc, self.size, self.size, len(name), 0
        )


Files = dict[str, Member]
PIPE_SECONDS = 10


def verify(path: str) -> list[str]:
    """Check the deposit at `path`; what was found good, one sentence each. Raises Refused or OSError."""
    with opened(path) as file:
        source = Source(file)
        members = read_zip(source)
    try:
        good = check(members)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        csv.Error,
    ) as error:
        raise Refused(f"its records are not those of a deposit: {type(error).__name__}, {error}") from None
    whole = f"{path}: whole and unchanged; nothing is missing and nothing was added"
    return [*good, f"SHA-256 of the file: {source.sha256.hexdigest()}", whole]


def opened(path: str) -> BinaryIO:
    """The file, or a pipe that somebody begins to write into within `PIPE_SECONDS`. A device has no end: OSError."""
    mode = os.stat(path).st_mode
    if stat.S_ISREG(mode):
        return open(path, "rb")
    if not stat.S_ISFIFO(mode):
        raise OSError(errno.EINVAL, "Not a regular file", path)
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not select.select([handle], [], [], PIPE_SECONDS)[0]:
        os.close(handle)
        raise OSError(errno.ETIMEDOUT, f"A pipe that nobody wrote into for {PIPE_SECONDS} s", path)
    os.set_blocking(handle, True)
    return open(handle, "rb")


def check(members: list[Member]) -> list[str]:
    """Check what is in the deposit: the bag, the sources, the metadata, the figures, the numbers."""
    root = members[0].name.split("/")[0] + "/"
    for member in members:
        if not member.name.startswith(root):
            raise Refused(f"{member.name} is outside the folder {root}")
    files = {member.name[len(root) :]: member for member in members}
    payload = {name[len(PAYLOAD) :]: member for name, member in files.items() if name.startswith(PAYLOAD)}
    return [
        f"{len(members)} files in {root}: nothing before, between or after them",
        check_bag(files),
        check_sources(payload, files, root),
        check_crate(payload),
        check_figures(payload),
        *check_numbers(payload),
    ]


def read_zip(source: Source) -> list[Member]:
    """The members of the zip, in order. Raises Refused for any other than the one exact form."""
    members: list[Member] = []
    names = Names()
    kept = 0
    signature = source.take(4)
    if signature not in (LOCAL, END):
        raise Refused("the file does not begin as a zip file")
    while signature == LOCAL:
        member = read_local(source, names)
        keep = KEPT.fullmatch(member.name.partition("/")[2]) is not None
        kept += member.size if keep else 0
        if kept > MOST_KEPT:
            raise Refused(f"{member.name} makes the records larger than any deposit's")
        member.read(source, keep)
        members.append(member)
        if len(members) > MOST_FILES or source.offset > MOST_BYTES:
            raise Refused("the file is larger than any deposit")
        signature = source.take(4)
    start = source.offset - 4
    for member in members:
        read_central(source, signature, member)
        signature = source.take(4)
    length, count = source.offset - 4 - start, len(members)
    if signature != END or source.take(18) != struct.pack("<4H2LH", 0, 0, count, count, length, start, 0):
        raise Refused("the zip's table of contents is not that of the files in it")
    if source.file.read(1):
        raise Refused("something follows the end of the zip")
    if not members:
        raise Refused("the zip is empty")
    if [member.name for member in members] != sorted(names.files):
        raise Refused("the files are not in order")
    return members


def read_local(source: Source, names: Names) -> Member:
    """The header before a file."""
    offset = source.offset - 4
    found = source.take(26)
    _, flags, method, clock, date, crc, packed, size, length, _ = struct.unpack("<5H3L2H", found)
    name = names.add(source.take(length))
    if flags & ENCRYPTED:
        raise Refused(f"{name} is encrypted")
    if method != 0 or packed != size:
        reason = f"{packed} bytes for {size}; a deposit's files are stored as they are"
        raise Refused(f"{name} is compressed, {reason}")
    if size > MOST_BYTES:
        raise Refused(f"{name} is larger than any deposit")
    member = Member(name, size, (clock, date), crc, offset)
    if found != member.header():
        raise Refused(f"{name} has a header that no deposit has")
    return member


def read_central(source: Source, signature: bytes, member: Member) -> None:
    """The record of `member` in the table of contents; it must say just what the file's own header says."""
    if signature != CENTRAL:
        raise Refused(f"{member.name} is not in the zip's table of contents")
    made, found = source.take(2), source.take(26)
    comment, disk, internal, external, offset = struct.unpack("<3H2L", source.take(14))
    name = source.take(len(member.name.encode()))
    member.mode = external >> 16
    if stat.S_ISLNK(member.mode):
        raise Refused(f"{member.name} is a link")
    if member.mode not in MODES:
        raise Refused(f"{member.name} is not a plain file")
    expected = (b"\x14\x03", member.header(), member.name.encode())
    numbers = (0, 0, 0, member.mode << 16, member.offset)
    if (made, found, name) != expected or (comment, disk, internal, external, offset) != numbers:
        raise Refused(f"{member.name} is described otherwise in the zip's table of contents")


class Names:
    """The names so far: each stays in its folder and is its own on every file system."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.spelt: dict[str, str] = {}  # each name and folder, by how a file system without case sees it

    def add(self, raw: bytes) -> str:
        """The name that `raw` is. Raises Refused."""
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            raise Refused("a file's name is not UTF-8") from None
        parts = name.split("/")
        if name.startswith("/") or "\\" in name or re.match("[A-Za-z]:", name):
            raise Refused(f"{name!a} is not a path inside the deposit")
        if any(part in ("", ".", "..") for part in parts) or len(name) > LONGEST_NAME:
            raise Refused(f"{name!a} is a folder or leads out of its folder")
        if any(unicodedata.category(character)[0] == "C" for character in name):
            raise Refused(f"{name!a} has a control character in its name")
        if name in self.files:
            raise Refused(f"{name!a} is there twice")
        for length in range(1, len(parts) + 1):
            path = "/".join(parts[:length])
            there = self.spelt.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
            if there != path:
                raise Refused(f"{name!a} differs from {there!a} by case alone")
            if path in self.files:
                raise Refused(f"{path!a} is a file and a folder")
        self.files.add(name)
        return name


def check_bag(files: Files) -> str:
    """BagIt: both manifests list every file of the payload, both tag manifests every other, with its hash."""
    if text_of(files, "bagit.txt") != BAGIT:
        raise Refused("bagit.txt does not declare BagIt 1.0")
    payload = {name for name in files if name.startswith(PAYLOAD)}
    tagmanifests = {f"tagmanifest-{algorithm}.txt" for algorithm in ALGORITHMS}
    for algorithm in ALGORITHMS:
        tags = set(files) - payload - tagmanifests
        for kind, wanted in (("tagmanifest", tags), ("manifest", payload)):
            check_manifest(files, f"{kind}-{algorithm}.txt", algorithm, wanted)
    octets = sum(files[name].size for name in payload)
    if f"Payload-Oxum: {octets}.{len(payload)}\n" not in text_of(files, "bag-info.txt"):
        raise Refused("bag-info.txt states another size of the payload")
    return f"{len(payload)} files of the payload are those of the manifests, by SHA-256 and by SHA-512"


def check_manifest(files: Files, manifest: str, algorithm: str, wanted: set[str]) -> None:
    """The manifest lists just the `wanted` files, each with the hash that it has."""
    listed: dict[str, str] = {}
    for line in text_of(files, manifest).splitlines():
        digest, separator, name = line.partition("  ")
        if not separator or name in listed:
            raise Refused(f"{manifest} has a line that is none of a manifest: {line[:100]!a}")
        listed[name] = digest
    for name in sorted(wanted - set(listed)):
        raise Refused(f"{name} was added: {manifest} does not list it")
    for name in sorted(set(listed) - wanted):
        raise Refused(f"{name} is missing: {manifest} lists it")
    for name, digest in listed.items():
        if digest != files[name].hashes[algorithm]:
            raise Refused(f"{name} or its line in {manifest} was changed: its {algorithm} is another")


def check_sources(payload: Files, files: Files, root: str) -> str:
    """The sources are the tree that the deposit names, as git and Software Heritage name it."""
    deposit = json_of(payload, DEPOSIT)
    if root != f"{deposit['name']}-{deposit['version']}/":
        raise Refused(f"the deposit is of {deposit['name']} {deposit['version']}, its folder is {root}")
    blobs = {}
    for name, mode in deposit["sources"].items():
        if name not in payload:
            raise Refused(f"data/{name} is missing: it is one of the sources")
        blobs[name] = (mode, payload[name].hashes["git"])
    if tree_id(blobs) != deposit["swhid"]:
        raise Refused(f"the sources are not the tree that {DEPOSIT} names, {deposit['swhid']}")
    modes = {PAYLOAD + name: mode for name, mode in deposit["sources"].items()}
    for name, member in files.items():
        if f"{member.mode:o}" != modes.get(name, "100644") or member.dos_time != dos_time(deposit["date"]):
            raise Refused(f"{name} has another mode or date than the deposit states")
    if files["verify.py"].hashes != payload["recomputed/src/recomputed/deposit/verify.py"].hashes:
        raise Refused("verify.py is not the one among the sources")
    return f"{len(blobs)} of them are the sources, {deposit['swhid']} of {deposit['date']}"


def check_crate(payload: Files) -> str:
    """The RO-Crate metadata describe every other file of the payload, with its size, and none besides."""
    files = [entity for entity in json_of(payload, CRATE)["@graph"] if "File" in types_of(entity)]
    described = {unquote(entity["@id"]): entity.get("contentSize") for entity in files}
    for name in sorted({CRATE, *described} ^ set(payload)):
        raise Refused(f"data/{name} is either not there or not described in {CRATE}")
    for name, size in described.items():
        if size != str(payload[name].size):
            raise Refused(f"{CRATE} states another size of data/{name}")
    return f"{len(described)} of them are described in the RO-Crate metadata, which are the other one"


def check_figures(payload: Files) -> str:
    """The figures are the files that were generated."""
    figures = json_of(payload, FIGURES)
    for figure, hashes in figures.items():
        for suffix, digest in hashes.items():
            name = f"figures/{figure}{suffix}"
            if suffix.startswith(".") and (name not in payload or payload[name].hashes["sha256"] != digest):
                raise Refused(f"data/{name} is not the figure that was generated")
    return f"{len(figures)} figures are the files that were generated"


READ = ("transcribed", "coded")
"""The kinds of numbers that are read from cells; a measured one is, where another program measured it."""


def check_numbers(payload: Files) -> list[str]:
    """Every recorded number rests on the cells that it says, and what is read or counted is what they give."""
    numbers = json_of(payload, NUMBERS)["numbers"]
    tables = Tables(payload)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for number in numbers:
        cells = [(row["column"], tables.cell(number["id"], row)) for row in number["rows"]]
        value = number["value"]["low"], number["value"]["high"]
        if number["kind"] in READ or number["function"]["name"].endswith(".transcribe_cell"):
            lows = {exact(cell) for column, cell in cells if column != "high"}
            highs = {exact(cell) for column, cell in cells if column == "high"} or lows
            if (lows, highs) != ({exact(value[0])}, {exact(value[1])}):
                raise Refused(f"the number {number['id']} is recorded as {value}: the data tables differ")
            kind = "transcribed"
        elif number["kind"] == "derived" and number["function"]["name"].endswith(".count"):
            there = findings(payload, number["id"]) if number["id"].startswith("audit.") else len(cells)
            if value != (str(there), str(there)):
                raise Refused(f"the number {number['id']} is recorded as {value}: there are {there}")
            kind = "counted"
        else:
            kind = number["kind"]
        found[kind].append(number["id"])
    return [
        f"{len(numbers)} recorded numbers rest on cells that are in the data tables as recorded",
        *(KINDS[kind].format(len(ids), ", ".join(ids)) for kind, ids in found.items() if ids),
    ]


def findings(payload: Files, number: str) -> int:
    """How many findings about the article are recorded, all or those of the severity that the number names."""
    severity = number.partition(".")[2].replace("-", " ")
    found = json_of(payload, AUDIT)
    return sum(severity in ("findings", finding["severity"]) for finding in found)


def exact(text: str) -> Fraction:
    """A figure as text, a decimal or a fraction, as the number that it is. Raises ValueError."""
    if not FIGURE.fullmatch(text):
        raise ValueError(f"{text[:100]!a} is not a figure")
    return Fraction(text)


class Tables:
    """The data tables as text."""

    def __init__(self, payload: Files):
        self.payload = payload
        self.rows: dict[str, list[dict[str, str]]] = {}

    def cell(self, number: str, row: dict[str, Any]) -> str:
        """The text of a recorded cell. Raises Refused where the table has another there, or none."""
        name = row["file"]
        if name not in self.rows:
            lines = io.StringIO(text_of(self.payload, name).lstrip("\ufeff"), newline="")
            self.rows[name] = list(csv.DictReader(lines))
        table, index = self.rows[name], row["sheet_row"] - 2
        found: str | None = table[index].get(row["column"]) if 0 <= index < len(table) else None
        if found is None or found != row["cell"] or row["key"] not in table[index].values():
            place = f"{name}, row {row['sheet_row']} ({row['key']}), column {row['column']}"
            raise Refused(f"the number {number} rests on {row['cell']!a} in {place}: there is {found!a}")
        return found


def tree_id(blobs: dict[str, tuple[str, str]]) -> str:
    """The `swh:1:dir:` of files, given as path -> (mode, blob id): git's hash of the tree, which is the same."""
    folders: dict[str, dict[str, tuple[str, str]]] = {}
    entries = []
    for path, blob in blobs.items():
        name, separator, rest = path.partition("/")
        if separator:
            folders.setdefault(name, {})[rest] = blob
        else:
            entries.append((name.encode(), *blob))
    entries += [(name.encode(), "40000", tree_id(content)[-40:]) for name, content in folders.items()]
    entries.sort(key=lambda entry: entry[0] + b"/" * (entry[1] == "40000"))
    body = b"".join(b"%s %s\0%s" % (mode.encode(), name, bytes.fromhex(id_)) for name, mode, id_ in entries)
    return "swh:1:dir:" + hashlib.sha1(b"tree %d\0" % len(body) + body, usedforsecurity=False).hexdigest()


def dos_time(date: str) -> tuple[int, int]:
    """A date such as 2025-05-31T12:00:00Z as a zip file has it, to two seconds: time and date."""
    year, month, day, hour, minute, second = zip_time(date)
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def zip_time(date: str) -> tuple[int, int, int, int, int, int]:
    """The moment nearest to a date such as 2025-05-31T12:00:00Z that a zip file can say: it knows 1980 to 2107."""
    at = time.strptime(date, "%Y-%m-%dT%H:%M:%SZ")[:6]
    return max((1980, 1, 1, 0, 0, 0), min(at, (2107, 12, 31, 23, 59, 58)))


def types_of(entity: dict[str, Any]) -> list[str]:
    """What an entity of the RO-Crate is."""
    kinds = entity.get("@type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def text_of(files: Files, name: str) -> str:
    """The text of a file that must be there."""
    if name not in files:
        raise Refused(f"{name} is missing")
    return files[name].content.decode()


def json_of(files: Files, name: str) -> Any:
    """What a JSON file that must be there says."""
    return json.loads(text_of(files, name))


def in_lines(good: list[str]) -> list[str]:
    """What `verify` gives, its lists wrapped at 80 columns; its hash and the last line, the verdict, stand whole."""
    lists, whole = good[:-2], good[-2:]
    folded = (
        textwrap.wrap(told, 80, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for told in lists
    )
    return [*(line for lines in folded for line in lines), *whole]


def main(arguments: list[str]) -> int:
    """Verify the one file named; the exit code."""
    if len(arguments) != 1:
        print("usage: python3 verify.py FILE", file=sys.stderr)
        return 2
    name = ascii(arguments[0])[1:-1]
    try:
        good = verify(arguments[0])
    except Refused as error:
        print(f"{name}: refused: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{name}: cannot be read: {error.strerror}", file=sys.stderr)
        return 1
    return tell("\n".join(in_lines(good)))


def tell(text: str) -> int:
    """Print `text`, whatever the terminal's encoding; the exit code, 1 where it cannot be written."""
    try:
        print(text.encode("ascii", "backslashreplace").decode(), flush=True)
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as error:
        print(f"standard output: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
