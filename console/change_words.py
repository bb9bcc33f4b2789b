"""Requests for changes in an office's words."""

from __future__ import annotations

from console import formats
from roster.changes.change_request import ChangeField, ChangeSource, ChangeState
from roster.changes.values import FIELD_NAMES
from roster.returned.returned_file import ReturnedRow

SOURCES = {
    ChangeSource.WORKBOOK: "Tệp danh sách đã sửa",
    ChangeSource.POLICE: "Công an đối chiếu",
    ChangeSource.VISIT: "Đến thăm nhà",
}
STATES = {
    ChangeState.OPEN: "Chờ quyết định",
    ChangeState.ACCEPTED: "Đã nhận",
    ChangeState.REFUSED: "Không sửa",
}


def change_said(row: ReturnedRow) -> list[str]:
    """What a corrected row says, a line a field, numbers by their last digits."""
    fields = {ChangeField(name): change for name, change in row.values["given"].get("fields", {}).items()}
    return [
        f"{FIELD_NAMES[field]}: {value_said(field, change['old'])} → {value_said(field, change['new'])}"
        for field, change in fields.items()
    ]


def value_said(field: ChangeField, text: str) -> str:
    """A field's text, a citizen's number by its last digits."""
    return formats.hidden_citizen_id(text) if field is ChangeField.CITIZEN_ID else text or "chưa ghi"
