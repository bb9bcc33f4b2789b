"""Why a whole file cannot be read: one class a cause, each with a sentence and a remedy for the officer."""

from __future__ import annotations

from collections.abc import Sequence


class IntakeError(Exception):
    """A workbook that cannot be staged. `str()` is a Vietnamese sentence fit to be shown as it is."""

    message = "Không đọc được tệp này."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class EmptyFile(IntakeError):
    """No bytes at all."""

    message = "Tệp này rỗng (0 byte), có thể đã bị lỗi khi sao chép. Xin sao chép lại tệp rồi nhập."


class NotAWorkbook(IntakeError):
    """Another kind of file under the name of a workbook. `kind` is said in Vietnamese: "tệp CSV"."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"Đây là {kind}, không phải sổ Excel (.xlsx), dù tên tệp có thể ghi .xlsx. "
            "Xin mở tệp bằng Excel, chọn “Lưu thành” (Save As), kiểu “Excel Workbook (.xlsx)”, rồi nhập tệp mới."
        )


class OldExcelFormat(IntakeError):
    """The binary format of Excel 97–2003, also when renamed to .xlsx."""

    message = (
        "Đây là sổ Excel kiểu cũ (.xls, Excel 97–2003). Xin mở bằng Excel, chọn “Lưu thành” (Save As), "
        "kiểu “Excel Workbook (.xlsx)”, rồi nhập tệp mới."
    )


class PasswordProtected(IntakeError):
    """Encrypted: nothing can be read without the password, which we do not ask for."""

    message = (
        "Tệp này đặt mật khẩu nên không đọc được. Xin mở bằng Excel, vào Tệp (File) › Thông tin (Info) › "
        "Bảo vệ sổ (Protect Workbook) › Mã hóa bằng mật khẩu, xóa trắng mật khẩu, lưu lại rồi nhập."
    )


class BrokenWorkbook(IntakeError):
    """A damaged archive, or parts missing or malformed."""

    message = (
        "Tệp Excel này bị hỏng, không đọc được trọn vẹn. Xin mở bằng Excel (Excel sẽ đề nghị sửa), "
        "lưu lại thành tệp mới, hoặc xin nơi gửi gửi lại."
    )


class TooLarge(IntakeError):
    """More than the limits allow: `detail` says what in Vietnamese."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"Tệp này quá lớn: {detail}. Xin xóa các dòng, cột, hình ảnh thừa hoặc chia danh sách thành "
            "nhiều tệp rồi nhập từng tệp."
        )


class EmptyWorkbook(IntakeError):
    """Every sheet is empty."""

    message = "Sổ Excel này không có dữ liệu nào. Xin kiểm tra xem đã chọn đúng tệp chưa."


class NoHeader(IntakeError):
    """No sheet has a row with the names of the columns."""

    message = (
        "Không tìm thấy dòng tiêu đề cột. Danh sách cần có một dòng ghi tên các cột, ít nhất là “Họ và tên” cùng "
        "với cột như “Ngày sinh”, “Số CCCD”, “Nhóm đối tượng” hoặc “Xã/Phường”. Xin thêm dòng ấy rồi nhập lại."
    )


class NoPeople(IntakeError):
    """A header, but nobody below it."""

    message = "Có dòng tiêu đề cột nhưng bên dưới không có người nào. Xin kiểm tra xem đã chọn đúng tệp chưa."


class FormulaWithoutValue(IntakeError):
    """Formulas whose results were never saved. `cells` are their places: "E5"."""

    def __init__(self, sheet: str, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(
            f"Ô {', '.join(cells)} ở trang “{sheet}” là công thức chưa được tính nên chưa có giá trị. Xin mở tệp "
            "bằng Excel, bấm Lưu (Ctrl+S) để Excel tính và ghi kết quả, hoặc dán thành giá trị (Paste Values), "
            "rồi nhập lại."
        )
