"""A hamlet's workbook filled in: every row read by the survey's own rules before anything is kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from language.text import fold
from roster.claim import Claim
from roster.claim_states import STANDING
from roster.intake.package import Source as FileSource
from roster.intake.settings import IntakeSettings
from roster.person import Person
from roster.returned.staging import Note, ReadRow
from roster.returned.table import TableRow, read_table
from roster.survey.draft import Draft, Source
from roster.survey.drafts import circumstances
from roster.survey.questions import MINOR_OR_WARD, Question, next_question
from roster.survey.taking import Given, Taken, take
from roster.survey.typed import PAPERS, read_typed
from roster.visiting import workbook as columns
from roster.visiting.making import row_by_token
from roster.visiting.visit_list import VisitList, VisitOutcome, VisitRow
from roster.visiting.workbook import ASKED, Wording

_DAY_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")


class AnswerReader:
    """Reads the rows of one workbook as of one moment, within what `session` sees."""

    def __init__(self, session: Session, wording: Wording, at: datetime) -> None:
        self._session = session
        self._wording = wording
        self._at = at
        self._today = at.astimezone(VIETNAM).date()
        self._met: set[int] = set()
        self._outcomes = {fold(words): outcome for outcome, words in wording.outcomes.items()}

    def read(self, source: FileSource) -> list[ReadRow]:
        """The rows in which something was written. Raises `roster.intake.IntakeError`."""
        needed = (columns.ROW_CODE, columns.NAME, columns.CONSENT)
        table = read_table(source, needed, self._wording.columns(), IntakeSettings(today=self._today))
        return [self._row(row) for row in table if row.get(columns.ROW_CODE) and self._filled_in(row)]

    def _filled_in(self, row: TableRow) -> bool:
        known = (columns.NUMBER, columns.ROW_CODE, columns.NAME, columns.BORN, columns.ADDRESS, columns.WHY)
        return any(text for title, text in row.cells.items() if title not in known)

    def _row(self, row: TableRow) -> ReadRow:
        read = ReadRow(row.number, row.get(columns.NAME), None, None)
        meant = row_by_token(self._session, row.get(columns.ROW_CODE))
        person = self._session.get(Person, meant.person_id) if meant else None
        if meant is None or person is None:
            read.notes.append(Note(columns.ROW_CODE, "Không có trong danh sách đến thăm của xã, phường này.", True))
            return read
        read.commune_code, read.person_id = person.commune_code, person.id
        read.given = {"visit_row": meant.id, "note": row.get(columns.NOTE)}
        if meant.id in self._met:
            read.notes.append(Note(columns.ROW_CODE, "Người này đã có ở một dòng trên.", True))
        self._met.add(meant.id)
        self._day(row, read)
        self._found(row, read, meant, person)
        return read

    def _day(self, row: TableRow, read: ReadRow) -> None:
        day = _day_of(row.get(columns.DAY))
        if day is None:
            read.notes.append(Note(columns.DAY, "Xin ghi ngày đến, ví dụ 23/11/2026.", True))
        elif day > self._today:
            read.notes.append(Note(columns.DAY, "Ngày đến chưa tới.", True))
        else:
            read.given["on"] = day.isoformat()

    def _found(self, row: TableRow, read: ReadRow, meant: VisitRow, person: Person) -> None:
        said = row.get(columns.OUTCOME)
        outcome = self._outcomes.get(fold(said))
        if said and outcome is None:
            read.notes.append(Note(columns.OUTCOME, "Xin chọn một kết quả trong danh sách.", True))
            return
        consent = _yes_or_no(row.get(columns.CONSENT))
        answered = [question for question in ASKED if row.get(self._wording.titles[question])]
        if outcome not in (None, VisitOutcome.DECLARED, VisitOutcome.REFUSED):
            read.given["outcome"] = outcome.value
            if answered:
                read.notes.append(Note(columns.OUTCOME, "Có câu trả lời mà kết quả ghi là chưa hỏi được.", True))
        elif consent is False or outcome is VisitOutcome.REFUSED:
            read.given["outcome"] = VisitOutcome.REFUSED.value
            if answered:
                read.notes.append(
                    Note(columns.CONSENT, "Người dân không đồng ý: xin xóa các câu trả lời ở dòng này.", True)
                )
        elif consent is None:
            read.notes.append(Note(columns.CONSENT, "Chưa ghi người dân có đồng ý cho hỏi không.", True))
        else:
            self._answers(row, read, meant, person)
        if person.deceased_at is not None:
            read.notes.append(Note(columns.NAME, "Danh sách ghi người này đã mất.", True))

    def _answers(self, row: TableRow, read: ReadRow, meant: VisitRow, person: Person) -> None:
        minor = _yes_or_no(row.get(columns.MINOR)) is True
        taken = self._take(row, read, minor)
        campaign_id = self._session.get_one(VisitList, meant.visit_list_id).campaign_id
        missing = self._missing(taken, person, campaign_id)
        read_back = _yes_or_no(row.get(columns.READ_BACK)) is True
        complete = missing is None and not any(note.error for note in read.notes)
        if missing is not None:
            words = f"Chưa có câu “{self._wording.titles[missing]}”: phiếu lưu dở, cán bộ hỏi tiếp sau."
            read.notes.append(Note(self._wording.titles[missing], words))
        elif not read_back:
            read.notes.append(Note(columns.READ_BACK, "Chưa đọc lại cho người dân nghe: phiếu lưu dở, chờ đọc lại."))
        if complete and self._has_declared(person, campaign_id):
            read.notes.append(Note(columns.NAME, "Đã có bản khai: ghi nhận lần này là khai lại."))
        answers = {str(name): value for name, value in taken.answers.items() if name != Question.CONSENT}
        read.given |= {
            "outcome": (VisitOutcome.DECLARED if complete and read_back else VisitOutcome.BEGUN).value,
            "answers": {name: value for name, value in answers.items() if name != MINOR_OR_WARD},
            "minor": minor,
        }

    def _take(self, row: TableRow, read: ReadRow, minor: bool) -> Taken:
        given: list[Given] = []
        for question in ASKED:
            title = self._wording.titles[question]
            if text := self._typed(question, row.get(title), row):
                value = read_typed(question, text, {})
                if value is None:
                    read.notes.append(Note(title, self._wording.time_unclear, True))
                else:
                    given.append(Given(question, value))
        taken = take({Question.CONSENT.value: "yes", **({MINOR_OR_WARD: True} if minor else {})}, given)
        for refusal in taken.refused:
            words = self._wording.problem(refusal)
            read.notes.append(Note(self._wording.titles[refusal.question], words, True))
        return taken

    def _typed(self, question: Question, text: str, row: TableRow) -> str:
        """The stored value where the words are one of the choices; else the words."""
        choices = {fold(words): value for value, words in self._wording.choices.get(question, ())}
        value = choices.get(fold(text), text)
        if question is Question.HOLDER_RELATION and value and _yes_or_no(row.get(columns.WITH_PAPERS)):
            return value + PAPERS
        return value

    def _missing(self, taken: Taken, person: Person, campaign_id: int) -> Question | None:
        led = Draft(source=Source.VISIT, campaign_id=campaign_id, person_id=person.id, invited=True)
        missing = next_question(taken.answers, circumstances(self._session, led, self._at))
        return None if missing is Question.CONFIRM else missing

    def _has_declared(self, person: Person, campaign_id: int) -> bool:
        claim = select(Claim.id).where(
            Claim.person_id == person.id, Claim.campaign_id == campaign_id, Claim.state.in_(STANDING)
        )
        return self._session.scalar(claim.limit(1)) is not None


def _day_of(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # a day without a time
        except ValueError:
            continue
    return None


def _yes_or_no(text: str) -> bool | None:
    said = fold(text).strip(" .")
    if not said:
        return None
    return said in ("co", "x", "v", "yes", "dong y", "roi", "dung", "true", "1")
