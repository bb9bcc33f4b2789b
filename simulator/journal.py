"""The stand-in's own log: one JSON object a line, appended and never changed."""

import fcntl
import json
import os
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any

type Entry = dict[str, Any]

_BLOCK = 1 << 20


class JournalInUse(RuntimeError):
    """Another process has this journal: a stand-in is one process with many threads."""


class Journal:
    """An append-only file.

    What was appended is in the file when `flush` returns, so what was answered after it survives the death of the
    process. It is not forced to the disk: a power cut may lose the last entries, which a stand-in may.
    Callers serialise `append` and `clear` (the ledger's lock does), and flush outside their lock: threads that wait
    for one write then have theirs done by the next together.
    """

    def __init__(self, path: Path | None) -> None:
        """JournalInUse if another process has the file. None: a file without a name, gone with the process."""
        self._file = _open_nameless() if path is None else _open(path)
        self._pending: deque[bytes] = deque()
        self._writing = threading.Lock()
        self._sequence = self._recover()

    def append(self, entry: Entry) -> int:
        """Put an entry in line; its sequence number: from 1, growing, also over a `clear`."""
        self._sequence += 1
        line = json.dumps({"seq": self._sequence, **entry}, ensure_ascii=False) + "\n"
        self._pending.append(line.encode())
        return self._sequence

    def flush(self) -> None:
        """Write what is in line; when this returns, what was in line before the call is in the file."""
        with self._writing:
            lines = [self._pending.popleft() for _ in range(len(self._pending))]
            if lines:
                self._file.write(b"".join(lines))

    def read(self, after: int = 0) -> Iterator[Entry]:
        """All entries with a sequence number above `after`, oldest first."""
        self.flush()
        for line in self._whole_lines():
            entry: Entry = json.loads(line)
            if entry["seq"] > after:
                yield entry

    def clear(self) -> None:
        """Forget every entry."""
        self.flush()
        self._file.truncate(0)

    def close(self) -> None:
        """Let go of the file; later entries are refused with ValueError."""
        self.flush()
        with self._writing:
            self._file.close()

    def _recover(self) -> int:
        """Cut off the half line of a process killed in mid-write; the last whole entry's sequence number."""
        size, last = 0, b""
        for line in self._whole_lines():
            size, last = size + len(line), line
        self._file.truncate(size)
        return int(json.loads(last)["seq"]) if last else 0

    def _whole_lines(self) -> Iterator[bytes]:
        """Lines up to the last line's end. Reads leave the file's position alone, so many can go on at once."""
        offset, rest = 0, b""
        while block := os.pread(self._file.fileno(), _BLOCK, offset):
            offset += len(block)
            lines = (rest + block).splitlines(keepends=True)
            rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
            yield from lines


def _open_nameless() -> FileIO:
    number, name = tempfile.mkstemp(prefix="stand-in-")
    os.close(number)
    file = _open(Path(name))
    os.unlink(name)
    return file


def _open(path: Path) -> FileIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = FileIO(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "a+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise JournalInUse(f"{path} belongs to another stand-in; run one process (-w 1)") from error
    return file
