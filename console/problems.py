"""What staff read when something goes wrong; what the log keeps of it: a request id and no personal data."""

from __future__ import annotations

from uuid import uuid4

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from core.logs import logger

_WORDS: dict[int, tuple[str, str]] = {
    400: (
        "Yêu cầu không hợp lệ",
        "Trang có thể đã mở quá lâu. Xin quay lại, tải lại trang rồi thử lần nữa.",
    ),
    403: (
        "Không có quyền",
        "Tài khoản của anh/chị không được mở trang này. Nếu cần, xin nhờ người quản trị cấp quyền.",
    ),
    404: (
        "Không tìm thấy",
        "Trang hoặc hồ sơ này không có, hoặc thuộc xã, phường khác. Xin kiểm tra lại đường dẫn.",
    ),
    405: ("Yêu cầu không hợp lệ", "Trang này không mở theo cách đó. Xin quay lại trang đầu."),
    409: (
        "Bản lưu không còn đúng như lúc ký",
        "Xin không dùng bản này và báo ngay người quản trị, kèm mã dưới đây. Bản ký khác không bị ảnh hưởng.",
    ),
    413: ("Tệp quá lớn", "Tệp gửi lên lớn quá 100 MB. Xin tách thành nhiều tệp nhỏ hơn."),
    429: (
        "Thử quá nhiều lần",
        "Đã nhập sai mật khẩu quá nhiều lần. Xin chờ 15 phút rồi đăng nhập lại, hoặc nhờ người quản trị.",
    ),
    500: (
        "Hệ thống gặp lỗi",
        "Việc vừa rồi chưa được ghi lại. Xin thử lại sau ít phút; nếu vẫn lỗi, báo kỹ thuật viên mã dưới đây.",
    ),
}


def install_problems(app: Flask) -> None:
    """Name every request, log every failure, and answer with a page in Vietnamese."""
    app.before_request(_name_the_request)
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(Exception, _fail)


def _name_the_request() -> None:
    g.request_id = uuid4().hex
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _refuse(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400:
        return error  # a redirect
    logger("console").info("refused", status=code, endpoint=request.endpoint, csrf=isinstance(error, CSRFError))
    return _page(code)


def _fail(error: Exception) -> Response:
    """The kind of the error is logged and where it was raised; its text may hold personal data and is not."""
    logger("console").error("failed", error=type(error).__name__, place=_place(error), endpoint=request.endpoint)
    return _page(500)


def _place(error: Exception) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""


def _page(code: int) -> Response:
    title, advice = _WORDS.get(code, _WORDS[500] if code >= 500 else _WORDS[400])
    page = render_template("problem.html", title=title, advice=advice, request_id=g.get("request_id", ""))
    return Response(page, status=code)
