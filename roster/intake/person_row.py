"""One row of a list becomes a person with typed values and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from language.address import Gender as HolderGender
from language.citizen_ids import CitizenId
from language.text import fold
from roster.intake.amounts import read_amount
from roster.intake.birth import BirthRead, BirthReader
from roster.intake.categories import Categories
from roster.intake.cells import Cell, CellError, as_text, one_line
from roster.intake.communes import CommuneIndex, CommuneMatch
from roster.intake.genders import is_cross, read_gender
from roster.intake.header import Layout
from roster.intake.identity import IdentityRead, choose_identity, read_identity
from roster.intake.person_names import NameRead, is_death, read_name
from roster.intake.phones import read_phones
from roster.intake.relatives import read_relative
from roster.intake.roles import Role
from roster.intake.settings import IntakeSettings
from roster.intake.staged import Field, Finding, Gender, Person, error, warning

_GENDERS = {HolderGender.MALE: Gender.MALE, HolderGender.FEMALE: Gender.FEMALE}
_GENDER_WORDS = {Gender.MALE: "nam", Gender.FEMALE: "nữ"}
type Cells = Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rows above or the title say about the rows below, where a row itself says nothing."""

    ward: CommuneMatch | None = None
    category: str | None = None
    neighbourhood: str | None = None


class PersonReader:
    """Reads the person rows under one header."""

    def __init__(
        self, layout: Layout, communes: CommuneIndex, categories: Categories, settings: IntakeSettings
    ) -> None:
        self._layout = layout
        self._communes = communes
        self._categories = categories
        self._today = settings.today
        self._births = BirthReader(settings.today)
        self._single = {role: columns[0] for role, columns in layout.columns.items()}
        self._marks = layout.categories

    def read(self, cells: Cells, around: Surroundings) -> tuple[Person, list[Finding]]:
        """The person in these cells and everything an officer should know about it."""
        person = Person()
        findings: list[Finding] = []
        self._name(cells, person, findings)
        identity = self._identity(cells)
        self._birth(cells, identity.holder, person, findings)
        self._citizen(cells, identity, person, findings)
        self._gender(cells, identity.holder, person, findings)
        self._category(cells, around, person, findings)
        self._ward(cells, around, person, findings)
        self._phones(cells, person, findings)
        self._relative(cells, person, findings)
        self._rest(cells, around, person, findings)
        return person, findings

    def _cell(self, cells: Cells, role: Role) -> Cell:
        column = self._single.get(role)
        return cells.get(column) if column is not None else None

    def _text(self, cells: Cells, role: Role) -> str:
        return one_line(as_text(self._cell(cells, role)))

    def _name(self, cells: Cells, person: Person, findings: list[Finding]) -> None:
        read: NameRead = read_name(self._name_cell(cells))
        person.full_name = read.name
        person.note = read.remark or None
        findings.extend(read.findings)
        if read.deceased:
            person.deceased = True
            findings.append(warning(Field.DECEASED, read.remark, "Danh sách ghi người này đã mất"))

    def _name_cell(self, cells: Cells) -> Cell:
        if Role.FULL_NAME in self._single:
            return self._cell(cells, Role.FULL_NAME)
        family, given = self._text(cells, Role.FAMILY_NAME), self._text(cells, Role.GIVEN_NAME)
        return f"{family} {given}".strip() or None

    def _identity(self, cells: Cells) -> IdentityRead:
        columns = self._layout.columns.get(Role.CITIZEN_ID, ())
        if not columns:
            return read_identity(None, self._today)
        reads = [read_identity(cells.get(column), self._today) for column in columns]
        return reads[0] if len(reads) == 1 else choose_identity(reads)

    def _citizen(self, cells: Cells, identity: IdentityRead, person: Person, findings: list[Finding]) -> None:
        if identity.number is None and identity.digits and person.birth_year is not None:
            columns = self._layout.columns[Role.CITIZEN_ID]
            identity = choose_identity([read_identity(cells.get(c), self._today, person.birth_year) for c in columns])
        person.citizen_id = identity.number
        person.id_digits = identity.digits
        findings.extend(identity.findings)

    def _birth(self, cells: Cells, holder: CitizenId | None, person: Person, findings: list[Finding]) -> None:
        hint = holder.birth_year if holder else None
        read, written = self._best_birth(cells, hint)
        person.birth_year, person.birth_date = read.year, read.day
        if read.problem:
            findings.append(error(Field.BIRTH_YEAR, written, read.problem, str(hint) if hint else None))
        elif read.year is None:
            reason = f"Thiếu năm sinh; theo số CCCD là {hint}" if hint else "Thiếu năm sinh"
            findings.append(warning(Field.BIRTH_YEAR, written, reason, str(hint) if hint else None))
        elif read.remark:
            findings.append(warning(Field.BIRTH_YEAR, written, read.remark))
        if read.year is not None and hint is not None and hint != read.year:
            reason = f"Năm sinh {read.year} không khớp số CCCD (theo số ấy là {hint})"
            findings.append(warning(Field.BIRTH_YEAR, written, reason, str(hint)))

    def _best_birth(self, cells: Cells, hint: int | None) -> tuple[BirthRead, str]:
        """The fullest of the columns that speak of the birth, and what it says."""
        reads: list[tuple[BirthRead, str]] = []
        for column in self._layout.columns.get(Role.BIRTH, ()):
            reads.append((self._births.read(cells.get(column), hint), as_text(cells.get(column))))
        if Role.BIRTH_YEAR in self._single:
            parts = [self._cell(cells, role) for role in (Role.BIRTH_DAY, Role.BIRTH_MONTH, Role.BIRTH_YEAR)]
            written = "/".join(filter(None, map(as_text, parts)))
            reads.append((self._births.of_columns(parts[0], parts[1], parts[2], hint), written))
        for role in (Role.MALE, Role.FEMALE):
            cell = self._cell(cells, role)
            if cell is not None and not is_cross(cell):
                reads.append((self._births.read(cell, hint), as_text(cell)))
        return _fullest(reads)

    def _gender(self, cells: Cells, holder: CitizenId | None, person: Person, findings: list[Finding]) -> None:
        stated, written = self._stated_gender(cells, holder)
        person.gender = stated
        by_number = _GENDERS.get(holder.gender) if holder else None
        if stated is None:
            reason = f"Giới tính ghi “{written}”" if written else "Thiếu giới tính"
            hint = f"; theo số CCCD là {_GENDER_WORDS[by_number]}" if by_number else ""
            findings.append(warning(Field.GENDER, written, reason + hint, by_number))
        elif by_number and by_number is not stated:
            reason = f"Giới tính {_GENDER_WORDS[stated]} không khớp số CCCD (theo số ấy là {_GENDER_WORDS[by_number]})"
            findings.append(warning(Field.GENDER, written, reason, by_number))

    def _stated_gender(self, cells: Cells, holder: CitizenId | None) -> tuple[Gender | None, str]:
        if Role.GENDER in self._single:
            cell = self._cell(cells, Role.GENDER)
            return read_gender(cell), as_text(cell)
        male, female = self._cell(cells, Role.MALE), self._cell(cells, Role.FEMALE)
        written = as_text(male) or as_text(female)
        if Role.MALE not in self._single and Role.FEMALE in self._single and female is None:
            # A single column "Nữ": left blank for men. Taken so only where the citizen's number agrees.
            return (Gender.MALE if holder and holder.gender is HolderGender.MALE else None), written
        if male is not None and female is not None:
            return None, "cả hai cột Nam và Nữ"
        if male is None and female is None:
            return None, written
        return (Gender.MALE if female is None else Gender.FEMALE), written

    def _category(self, cells: Cells, around: Surroundings, person: Person, findings: list[Finding]) -> None:
        cell = self._cell(cells, Role.CATEGORY)
        text = one_line(as_text(cell))
        match = self._categories.match(as_text(cell)) if text and not isinstance(cell, CellError) else None
        names = list(match.names) if match else []
        names += [n for column, n in self._marks.items() if is_cross(cells.get(column)) and n not in names]
        if not names and not text.strip("-. ") and around.category:
            names = [around.category]
            if Role.CATEGORY in self._single:
                label = self._categories.labels[around.category]
                findings.append(warning(Field.CATEGORY, text, f"Ô trống; lấy theo đề mục phía trên: {label}"))
        if not names:
            findings.append(error(Field.CATEGORY, text, self._unknown_category(text)))
            return
        person.category, person.further_categories = names[0], tuple(names[1:])
        if len(names) > 1:
            labels = ", ".join(self._categories.labels[name] for name in names)
            findings.append(warning(Field.CATEGORY, text, f"Một người ghi nhiều diện: {labels}"))
        if match and match.fallen:
            person.deceased = True
            findings.append(warning(Field.DECEASED, text, "Tên ghi là liệt sĩ; người nhận tiền là thân nhân"))

    def _unknown_category(self, text: str) -> str:
        known = ", ".join(self._categories.labels.values())
        return f"Không rõ diện “{text}”; các diện: {known}" if text.strip("-. ") else "Thiếu diện đối tượng"

    def _ward(self, cells: Cells, around: Surroundings, person: Person, findings: list[Finding]) -> None:
        text, match = self._place(cells)
        if match is None and around.ward:
            match = around.ward
            if Role.WARD in self._single:
                name = match.commune.name if match.commune else ""
                findings.append(warning(Field.WARD, text, f"Ô trống; lấy theo đề mục phía trên: {name}"))
            elif match.commune is None and match.reason:
                findings.append(error(Field.WARD, text, match.reason))
                person.candidates = match.candidates
                return
        if match is None:
            findings.append(error(Field.WARD, text, "Thiếu xã, phường"))
            return
        if match.commune is None:
            person.candidates = match.candidates
            findings.append(error(Field.WARD, text, match.reason or "Không rõ xã, phường"))
            return
        person.ward, person.ward_code = match.commune.name, match.commune.code
        if match.reason and match is not around.ward:
            findings.append(warning(Field.WARD, text, match.reason))

    def _place(self, cells: Cells) -> tuple[str, CommuneMatch | None]:
        """What the row itself says: its own column, the column of old communes, or the address."""
        district = self._text(cells, Role.DISTRICT)
        address = as_text(self._cell(cells, Role.ADDRESS))
        for role in (Role.WARD, Role.OLD_WARD):
            text = as_text(self._cell(cells, role))
            if text.strip("-. ?"):
                return self._with_address(text, self._communes.find(text, district), address)
        if address:
            return address, self._communes.find_in_address(address, district)
        return "", None

    def _with_address(self, text: str, match: CommuneMatch, address: str) -> tuple[str, CommuneMatch]:
        """Where the column leaves several communes open, an address that names one of them decides."""
        if match.commune is None and match.candidates and address:
            named = self._communes.find_in_address(address)
            if named and named.commune and named.commune.name in match.candidates and named.reason is None:
                reason = f"“{text}” chưa rõ; lấy theo địa chỉ: {named.commune.name}"
                return text, CommuneMatch(named.commune, (), reason)
        return text, match

    def _phones(self, cells: Cells, person: Person, findings: list[Finding]) -> None:
        phones: list[str] = []
        for column in self._layout.columns.get(Role.PHONES, ()):
            read = read_phones(cells.get(column))
            phones.extend(read.phones)
            written = one_line(as_text(cells.get(column)))
            for unread in read.unread:
                found = warning if read.phones else error
                findings.append(found(Field.PHONES, written, _no_phone(unread)))
        person.phones = tuple(dict.fromkeys(phones))

    def _relative(self, cells: Cells, person: Person, findings: list[Finding]) -> None:
        texts = [one_line(as_text(cells.get(column))) for column in self._layout.columns.get(Role.RELATIVE, ())]
        relative = read_relative(tuple(texts), self._text(cells, Role.RELATION))
        person.relative_name, person.relation = relative.name, relative.relation
        phones = list(relative.phones)
        for column in self._layout.columns.get(Role.RELATIVE_PHONES, ()):
            read = read_phones(cells.get(column))
            phones.extend(read.phones)
            for unread in read.unread:
                reason = f"Người thân: {_no_phone(unread)}"
                findings.append(warning(Field.RELATIVE, as_text(cells.get(column)), reason))
        person.relative_phones = tuple(dict.fromkeys(phones))

    def _rest(self, cells: Cells, around: Surroundings, person: Person, findings: list[Finding]) -> None:
        person.address = self._joined(cells, Role.ADDRESS)
        person.neighbourhood = self._joined(cells, Role.NEIGHBOURHOOD) or around.neighbourhood
        person.household = self._text(cells, Role.HOUSEHOLD) or None
        person.paid_by = self._text(cells, Role.PAID_BY) or None
        note = self._text(cells, Role.NOTE)
        person.note = "; ".join(filter(None, [person.note, note])) or None
        amount = self._cell(cells, Role.AMOUNT)
        if amount is not None:
            person.monthly_dong = read_amount(amount)
            if person.monthly_dong is None and as_text(amount).strip("-. 0"):
                findings.append(warning(Field.AMOUNT, as_text(amount), "Không đọc được mức hưởng"))
        dead = self._text(cells, Role.DECEASED).strip("-. ")
        by_note = note != "" and is_death(note)
        if not person.deceased and (by_note or (dead and fold(dead) not in ("khong", "con song"))):
            person.deceased = True
            findings.append(warning(Field.DECEASED, dead or note, "Danh sách ghi người này đã mất"))

    def _joined(self, cells: Cells, role: Role) -> str | None:
        texts = [one_line(as_text(cells.get(column))) for column in self._layout.columns.get(role, ())]
        return ", ".join(filter(None, texts)) or None


def _no_phone(text: str) -> str:
    digits = sum(c.isdecimal() for c in text)
    return f"“{text}” không phải số điện thoại dùng được ({digits} chữ số)"


def _fullest(reads: list[tuple[BirthRead, str]]) -> tuple[BirthRead, str]:
    """The read with the most in it; a problem where two columns give different years."""
    if len(reads) == 1:
        return reads[0]
    said = [read for read in reads if not read[0].missing]
    years = sorted({read.year for read, _ in said if read.year})
    if len(years) > 1:
        reason = f"Các cột ghi năm sinh khác nhau: {', '.join(map(str, years))}"
        return BirthRead(problem=reason), ", ".join(text for _, text in said)
    nothing = (BirthRead(missing=True), "")
    return max(said, key=lambda r: (r[0].day is not None, r[0].year is not None), default=nothing)
