"""Why an import cannot go on. Every `str()` is a Vietnamese sentence for the officer, without personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NAMED = 10


class ImportRefused(Exception):
    """Base of what an officer can do something about."""


class ImportNotFound(ImportRefused):
    """No such import, or no such row in it."""

    def __init__(self) -> None:
        super().__init__("Không tìm thấy tệp hoặc dòng này: có thể đã bị xóa. Xin mở lại danh sách các tệp đã nhập.")


class ImportClosed(ImportRefused):
    """The import was merged or discarded: its rows stand as they are."""

    def __init__(self) -> None:
        super().__init__("Tệp này đã nhập xong hoặc đã bỏ nên không sửa được nữa. Xin nhập tệp mới nếu cần thay đổi.")


class NotACorrection(ImportRefused):
    """A correction names a field that cannot be corrected, or a row that holds no person."""

    def __init__(self) -> None:
        super().__init__("Chỉ sửa được thông tin của dòng ghi một người.")


@dataclass(frozen=True)
class RowInError:
    """Where an error stands: sheet and row as in the workbook, and the fields in error."""

    row_id: int
    sheet: str
    row: int
    fields: tuple[str, ...]


class RowsInError(ImportRefused):
    """Rows that are neither right nor left out forbid the merge."""

    def __init__(self, rows: Sequence[RowInError]) -> None:
        places = ", ".join(str(row.row) for row in rows[:_NAMED]) + (", …" if len(rows) > _NAMED else "")
        super().__init__(f"Còn {len(rows)} dòng có lỗi (dòng {places}). Xin sửa hoặc bỏ các dòng ấy rồi nhập lại.")
        self.rows = list(rows)
