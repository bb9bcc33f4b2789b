"""Why an officer cannot do something to a claim. Every `str()` is a Vietnamese sentence, without personal data."""

from __future__ import annotations

from collections.abc import Sequence

from roster.checks import Finding, FindingSeverity


class ClaimRefused(Exception):
    """Base of what an officer can do something about."""

    message = "Không thực hiện được việc này với bản khai."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class ClaimNotFound(ClaimRefused):
    """No such claim, or one of another commune."""

    message = "Không tìm thấy bản khai này trong các xã, phường anh/chị phụ trách."


class PersonNotFound(ClaimRefused):
    """No such person, or one of another commune."""

    message = "Không tìm thấy người này trong danh sách các xã, phường anh/chị phụ trách."


class SameOfficer(ClaimRefused):
    """Approver and verifier must be two people."""

    message = "Anh/chị đã xác minh bản khai này nên không tự duyệt được: cần một cán bộ khác duyệt."


class ClaimBlocked(ClaimRefused):
    """Findings that forbid verification or approval; `findings` says which."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("Chưa xác minh được. " + " ".join(finding.sentence for finding in findings))
        self.findings = list(findings)


class NeedsEyes(ClaimRefused):
    """Something was found since that an officer looks at on the card: not to be decided together with others."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        said = " ".join(one.sentence for one in findings if one.severity is not FindingSeverity.OK)
        super().__init__(f"Có điểm cần xem trên thẻ. {said}")


class ReasonMissing(ClaimRefused):
    """A claim goes back to the citizen only with a reason."""

    message = "Xin ghi lý do bằng lời dễ hiểu: người dân sẽ đọc lời này."


class AnotherClaimStands(ClaimRefused):
    """Another claim of the same person was approved already."""

    message = (
        "Người này đã có một bản khai khác được duyệt trong đợt này. Xin trả lại hoặc từ chối bản kia trước, "
        "để tiền không chuyển vào hai nơi."
    )


class NoRelative(ClaimRefused):
    """The beneficiary's own yes is recorded only where a relative declared."""

    message = "Bản khai này do chính người hưởng khai nên không cần ghi thêm ý kiến đồng ý."


class AlreadyTied(ClaimRefused):
    """A claim is tied to a person once."""

    message = "Bản khai này đã gắn với một người trong danh sách."
