"""The match with the police in an office's words."""

from __future__ import annotations

from console.change_words import value_said
from roster.changes.change_request import ChangeField
from roster.changes.values import FIELD_NAMES
from roster.matching_police.results import MatchResult
from roster.returned.returned_file import ReturnedRow

RESULTS = {
    MatchResult.MATCHED: "Khớp",
    MatchResult.MISMATCH: "Sai lệch",
    MatchResult.NOT_FOUND: "Không tìm thấy",
    MatchResult.NO_ID: "Chưa có CCCD",
    MatchResult.DECEASED: "Đã mất",
    MatchResult.MOVED: "Đã chuyển đi",
    MatchResult.ABSENT: "Vắng mặt",
    MatchResult.TEMPORARY_RESIDENCE: "Tạm trú",
}
FOLLOWS = {
    MatchResult.MATCHED: "Không phải làm gì thêm",
    MatchResult.MISMATCH: "Thành đề nghị sửa, một người khác quyết định",
    MatchResult.NOT_FOUND: "Vào danh sách đến thăm để xem lại giấy tờ",
    MatchResult.NO_ID: "Vào danh sách đến thăm để giúp làm CCCD",
    MatchResult.DECEASED: "Dừng nhắn tin ngay, một người khác xác nhận",
    MatchResult.MOVED: "Thành đề nghị: hỏi xã, phường nơi đến",
    MatchResult.ABSENT: "Vào danh sách đến thăm",
    MatchResult.TEMPORARY_RESIDENCE: "Ghi vào hồ sơ, chưa thay đổi gì",
}


def match_said(row: ReturnedRow) -> list[str]:
    """What a row of the results says, a line a field, numbers by their last digits."""
    given = row.values["given"]
    if "result" not in given:
        return []
    fields = {ChangeField(name): text for name, text in given["fields"].items()}
    told = [RESULTS[MatchResult(given["result"])]]
    told += [f"{FIELD_NAMES[field]} đúng: {value_said(field, text)}" for field, text in fields.items()]
    return told + ([f"Ghi chú: {given['note']}"] if given["note"] else [])
