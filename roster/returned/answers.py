"""Files with one answer a row that somebody else wrote: whom each row means, and what it says of them.

What columns and answers are called is data (`data/answer_files.yml`): banks, the post office and the welfare software
have forms of their own, and change them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.encryption import blind_index
from language.codes import find_codes
from language.text import fold, fold_name
from roster.claim import Claim
from roster.claim_states import STANDING
from roster.intake.errors import IntakeError
from roster.intake.settings import IntakeSettings
from roster.people import citizen_id_index, find_by_reference
from roster.person import Person
from roster.returned.staging import Note, ReadRow
from roster.returned.table import NotOurFile, TableRow, read_columns

FILE = Path(__file__).parent.parent / "data" / "answer_files.yml"
_KEYS = ("reference", "citizen_id", "account")
_NOBODY = "Không có trong danh sách của xã, phường anh/chị phụ trách."
LONGEST_REASON = 300


class NoAnswers(IntakeError):
    """No sheet has a column of answers and one that says whom they mean."""

    message = (
        "Không thấy cột kết quả, hoặc thiếu cột cho biết dòng nào của ai (mã hồ sơ, số CCCD hoặc số tài khoản). "
        "Xin kiểm tra dòng tiêu đề của tệp."
    )


@dataclass(frozen=True)
class AnswerForm:
    """What columns and answers may be called. `offered`: the words for each answer that an officer reads."""

    columns: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, str]
    offered: Mapping[str, str]

    def title(self, column: str) -> str:
        """What an office calls the column."""
        return self.columns[column][0]

    def answer(self, words: str) -> str | None:
        """The answer that these words name; None for words nobody has explained."""
        return self.answers.get(fold(" ".join(words.split())).strip(" .!"))


@dataclass
class Answer:
    """One row with an answer, as far as every such file goes. `person` None: `read` says why."""

    read: ReadRow
    row: TableRow
    person: Person | None
    answer: str | None
    reason: str
    account_index: bytes | None = None

    def refuse(self, column: str, words: str) -> None:
        """An error: the row will not be brought in."""
        self.read.notes.append(Note(column, words, True))

    def remark(self, column: str, words: str) -> None:
        """What an officer should look at; the row is brought in."""
        self.read.notes.append(Note(column, words))


@lru_cache(maxsize=4)
def load_form(key: str, path: Path = FILE) -> AnswerForm:
    """The form with this key. Raises KeyError, and ValueError where the same words name two answers."""
    rule = yaml.safe_load(path.read_text(encoding="utf-8"))["forms"][key]
    answers: dict[str, str] = {}
    for answer, words in rule["answers"].items():
        for word in words:
            if answers.setdefault(fold(str(word)), answer) != answer:
                raise ValueError(f"answer files: {word!r} names two answers of {key}")
    columns = {column: tuple(map(str, names)) for column, names in rule["columns"].items()}
    return AnswerForm(columns, answers, {answer: str(words[0]) for answer, words in rule["answers"].items()})


def read_answers(session: Session, content: bytes, form: AnswerForm, today: date) -> Iterator[Answer]:
    """The rows in which something was answered, within what `session` sees. Raises `roster.intake.IntakeError`."""
    met: dict[UUID, int] = {}
    for row in _table(content, form, IntakeSettings(today=today)):
        if not row.get("result"):
            continue
        answer = _answer(session, row, form)
        if answer.person is not None:
            before = met.setdefault(answer.person.id, row.number)
            if before != row.number:
                answer.refuse(form.title("reference"), f"Người này đã có ở dòng {before}.")
        yield answer


def _table(content: bytes, form: AnswerForm, settings: IntakeSettings) -> list[TableRow]:
    for key in _KEYS:
        with suppress(NotOurFile):
            return read_columns(BytesIO(content), form.columns, ("result", key), settings)
    raise NoAnswers


def _answer(session: Session, row: TableRow, form: AnswerForm) -> Answer:
    account = "".join(one for one in row.get("account") if one.isalnum())
    read = ReadRow(row.number, row.get("name"), None, None)
    reason = (row.get("reason") or row.get("note"))[:LONGEST_REASON]
    answer = Answer(read, row, None, form.answer(row.get("result")), reason)
    answer.account_index = blind_index("account", account) if account else None
    if answer.answer is None:
        answer.refuse(form.title("result"), f"Không rõ kết quả này: “{row.get('result')[:40]}”.")
    _find(session, answer, form)
    return answer


def _find(session: Session, answer: Answer, form: AnswerForm) -> None:
    """Whom the row means: by the file code, else the citizen's number, else the account. Two that disagree are an
    error: money is at stake."""
    row = answer.row
    people: dict[str, Person | None] = {}
    if codes := find_codes(row.get("reference")):
        people["reference"] = find_by_reference(session, codes[0].value)
    if digits := "".join(filter(str.isdigit, row.get("citizen_id"))):
        people["citizen_id"] = _by_citizen_id(session, digits)
    if not people and answer.account_index is not None:
        people["account"] = _by_account(session, answer.account_index)
    column, person = next(iter(people.items()), ("reference", None))
    if not people:
        answer.refuse(form.title(column), "Không có mã hồ sơ, số CCCD hay số tài khoản đọc được.")
    elif len({one.id if one else None for one in people.values()}) > 1:
        answer.refuse(form.title(column), "Mã hồ sơ và số CCCD không phải của cùng một người.")
    elif person is None:
        answer.refuse(form.title(column), _NOBODY)
    else:
        _is_about(answer, person, form)


def _is_about(answer: Answer, person: Person, form: AnswerForm) -> None:
    named = answer.row.get("name")
    answer.person = person
    answer.read.person_id, answer.read.commune_code = person.id, person.commune_code
    if named and fold_name(named) != person.folded_name:
        answer.remark(form.title("name"), "Tên khác với danh sách của xã, phường.")
    answer.read.name = named or person.full_name


def _by_citizen_id(session: Session, digits: str) -> Person | None:
    """Excel drops the zeros in front: they are put back."""
    index = citizen_id_index(digits if len(digits) in (9, 12) else digits.zfill(12))
    people = session.scalars(select(Person).where(Person.citizen_id_index == index).limit(2)).all()
    return people[0] if len(people) == 1 else None


def _by_account(session: Session, index: bytes) -> Person | None:
    """Whose account it is; nobody where several people share it."""
    holders = select(Claim.person_id).where(Claim.account_index == index, Claim.state.in_(STANDING))
    people = session.scalars(select(Person).where(Person.id.in_(holders)).limit(2)).all()
    return people[0] if len(people) == 1 else None
