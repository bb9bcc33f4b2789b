"""What an officer should know about a claim before deciding: the claim held against the roster. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from language.banks import LengthCheck, account_length_ok, bank_by_name
from language.names import NameMatch, compare_holder


class FindingKind(StrEnum):
    """What a finding speaks of."""

    NO_PERSON = "no_person"
    UNKNOWN_CODE = "unknown_code"
    DECEASED = "deceased"
    DEATH_REPORTED = "death_reported"
    BENEFICIARY_SILENT = "beneficiary_silent"
    OTHER_PHONE = "other_phone"
    HOLDER_NAME = "holder_name"
    HOLDER_IS_RELATIVE = "holder_is_relative"
    DETAILS_MISSING = "details_missing"
    BANK_UNKNOWN = "bank_unknown"
    ACCOUNT_LENGTH = "account_length"
    SHARED_ACCOUNT = "shared_account"
    OTHER_CLAIM = "other_claim"
    COUNTER_ONLY = "counter_only"


class FindingSeverity(StrEnum):
    """`ok`: compared and in order; `look`: an officer decides; `blocks`: cannot be verified as it stands."""

    OK = "ok"
    LOOK = "look"
    BLOCKS = "blocks"


@dataclass(frozen=True)
class Finding:
    """One thing found; `sentence` is Vietnamese, for the officer."""

    kind: FindingKind
    severity: FindingSeverity
    sentence: str


@dataclass(frozen=True)
class RosterFacts:
    """What the roster says of the person the claim is about."""

    full_name: str
    deceased: bool = False
    death_reported: bool = False
    counter_only: bool = False


@dataclass(frozen=True)
class SameAccount:
    """Somebody else for whom the same account number was declared.

    couple: a man and a woman of about one age, which with one address makes a married couple likely, not certain.
    """

    full_name: str
    same_address: bool
    couple: bool = False


@dataclass(frozen=True)
class ClaimFacts:
    """All that the checks look at.

    account_owner: "own", "relatives" or None where no account was named. person: None where the claim is tied to
    nobody. elsewhere: how many people of communes the officer does not see have the same account.
    """

    person: RosterFacts | None
    outcome_group: str
    account_owner: str | None = None
    bank: str | None = None
    account_number: str | None = None
    holder_name: str | None = None
    by_relative: bool = False
    beneficiary_agreed: bool = False
    from_invited_phone: bool = True
    code_given: bool = False
    same_account: Sequence[SameAccount] = ()
    elsewhere: int = 0
    other_claims: int = 0


def findings(facts: ClaimFacts) -> list[Finding]:
    """Everything to be said about the claim: what blocks first, what is in order last."""
    found = [*_on_person(facts), *_on_respondent(facts), *_on_account(facts), *_on_opening(facts)]
    order = [FindingSeverity.BLOCKS, FindingSeverity.LOOK, FindingSeverity.OK]
    return sorted(found, key=lambda finding: order.index(finding.severity))


def blocking(found: Sequence[Finding]) -> list[Finding]:
    """Those that forbid verification."""
    return [finding for finding in found if finding.severity is FindingSeverity.BLOCKS]


def needs_eyes(found: Sequence[Finding]) -> bool:
    """Whether anything is left to decide: only claims without it may be approved in bulk."""
    return any(finding.severity is not FindingSeverity.OK for finding in found)


def _ok(kind: FindingKind, sentence: str) -> Finding:
    return Finding(kind, FindingSeverity.OK, sentence)


def _look(kind: FindingKind, sentence: str) -> Finding:
    return Finding(kind, FindingSeverity.LOOK, sentence)


def _blocks(kind: FindingKind, sentence: str) -> Finding:
    return Finding(kind, FindingSeverity.BLOCKS, sentence)


def _on_person(facts: ClaimFacts) -> Iterator[Finding]:
    person = facts.person
    if person is None and facts.code_given:
        yield _blocks(
            FindingKind.UNKNOWN_CODE,
            "Mã hồ sơ được gửi đến không có trong danh sách: cần cán bộ xác định người hưởng.",
        )
    elif person is None:
        yield _blocks(
            FindingKind.NO_PERSON,
            "Người khai không có mã hồ sơ: cần cán bộ xác định người hưởng trong danh sách.",
        )
    elif person.deceased:
        yield _blocks(FindingKind.DECEASED, "Danh sách ghi người này đã qua đời.")
    elif person.death_reported:
        yield _blocks(FindingKind.DEATH_REPORTED, "Có người báo người này đã mất: cần cán bộ kiểm tra trước.")
    if facts.other_claims:
        yield _look(
            FindingKind.OTHER_CLAIM,
            f"Người này còn {facts.other_claims} bản khai khác chưa kết thúc: xin xem cả hai.",
        )


def _on_respondent(facts: ClaimFacts) -> Iterator[Finding]:
    if facts.by_relative and not facts.beneficiary_agreed:
        yield _blocks(
            FindingKind.BENEFICIARY_SILENT,
            "Người thân khai thay: chưa ghi nhận ý kiến đồng ý của chính người hưởng (gọi lại hoặc đến nhà).",
        )
    elif facts.by_relative:
        yield _ok(FindingKind.BENEFICIARY_SILENT, "Người thân khai thay; chính người hưởng đã đồng ý.")
    if not facts.from_invited_phone:
        yield _look(
            FindingKind.OTHER_PHONE,
            "Bản khai gửi từ số điện thoại hoặc kênh không phải nơi được mời: xin gọi lại để chắc đúng người.",
        )


def _on_account(facts: ClaimFacts) -> Iterator[Finding]:
    if facts.account_owner is None:
        return
    if not facts.account_number or not facts.bank or not facts.holder_name:
        yield _look(
            FindingKind.DETAILS_MISSING,
            "Có tài khoản nhưng chưa đủ ngân hàng, số tài khoản và tên chủ tài khoản: cán bộ ghi khi gặp trực tiếp.",
        )
    if facts.holder_name and facts.person:
        yield _on_holder(facts.holder_name, facts.person.full_name, facts.account_owner == "relatives")
    if facts.bank and facts.account_number:
        yield from _on_number(facts.bank, facts.account_number)
    yield from _on_sharing(facts)


def _on_holder(holder_name: str, roster_name: str, of_relative: bool) -> Finding:
    match, reason = compare_holder(holder_name, roster_name)
    if of_relative and match is NameMatch.FULL:
        return _look(
            FindingKind.HOLDER_IS_RELATIVE,
            "Khai là tài khoản của người thân nhưng tên chủ tài khoản lại giống tên người hưởng: xin hỏi lại.",
        )
    if of_relative:
        return _look(
            FindingKind.HOLDER_IS_RELATIVE,
            "Tiền sẽ vào tài khoản của người thân: cần giấy ủy quyền hoặc giấy tờ giám hộ.",
        )
    if match is NameMatch.FULL:
        return _ok(FindingKind.HOLDER_NAME, f"Tên chủ tài khoản và tên trong danh sách: {_as_clause(reason)}")
    degree = "gần khớp" if match is NameMatch.CLOSE else "không khớp"
    return _look(FindingKind.HOLDER_NAME, f"Tên chủ tài khoản {degree} với tên trong danh sách: {_as_clause(reason)}")


def _as_clause(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def _on_number(bank_name: str, number: str) -> Iterator[Finding]:
    bank = bank_by_name(bank_name)
    if bank is None:
        yield _look(FindingKind.BANK_UNKNOWN, "Ngân hàng này không có trong bảng ngân hàng: xin hỏi lại tên.")
    elif account_length_ok(bank, number) is LengthCheck.UNUSUAL:
        usual = " hoặc ".join(str(length) for length in sorted(bank.account_lengths))
        yield _look(
            FindingKind.ACCOUNT_LENGTH,
            f"Số tài khoản có {len(number)} chữ số; số của {bank.short_name} thường có {usual} chữ số.",
        )


def _on_sharing(facts: ClaimFacts) -> Iterator[Finding]:
    for other in facts.same_account:
        how = _how_related(other, facts.holder_name)
        yield _look(FindingKind.SHARED_ACCOUNT, f"Số tài khoản này cũng được khai cho {other.full_name} ({how}).")
    if facts.elsewhere:
        yield _look(
            FindingKind.SHARED_ACCOUNT,
            f"Số tài khoản này cũng được khai cho {facts.elsewhere} người ở xã, phường khác.",
        )


def _how_related(other: SameAccount, holder_name: str | None) -> str:
    """Why two people may have named one account, as far as the roster and the holder's name tell."""
    if other.same_address and other.couple:
        known = "cùng địa chỉ, có thể là vợ chồng"
    else:
        known = "cùng địa chỉ" if other.same_address else "chưa rõ quan hệ"
    holds = holder_name and compare_holder(holder_name, other.full_name).match is NameMatch.FULL
    return f"{known}; tên chủ tài khoản là tên người này" if holds else known


def _on_opening(facts: ClaimFacts) -> Iterator[Finding]:
    elsewhere = facts.outcome_group in ("B-home", "B-ward", "B-self")
    if elsewhere and facts.person and facts.person.counter_only:
        yield _look(
            FindingKind.COUNTER_ONLY,
            "Người dưới 18 tuổi hoặc đang được giám hộ chỉ mở tài khoản tại quầy ngân hàng, có người đại diện đi cùng.",
        )
