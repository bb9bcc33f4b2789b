"""What Flask-Security says, in Vietnamese: (text, kind of notice) by its message keys."""

from __future__ import annotations

_WRONG = "Email hoặc mật khẩu chưa đúng. Xin kiểm tra lại (chú ý phím Caps Lock)."

MESSAGES: dict[str, tuple[str, str]] = {
    "API_ERROR": ("Yêu cầu không hợp lệ.", "error"),
    "GENERIC_AUTHN_FAILED": (_WRONG, "error"),
    "UNAUTHORIZED": ("Tài khoản này không có quyền mở trang đó.", "error"),
    "UNAUTHENTICATED": ("Xin đăng nhập để tiếp tục.", "error"),
    "REAUTHENTICATION_REQUIRED": ("Xin đăng nhập lại để tiếp tục.", "error"),
    "LOGIN": ("Xin đăng nhập để tiếp tục.", "info"),
    "REFRESH": ("Xin đăng nhập lại để tiếp tục.", "info"),
    "ANONYMOUS_USER_REQUIRED": ("Trang này chỉ mở khi chưa đăng nhập.", "error"),
    "INVALID_REDIRECT": ("Không chuyển sang trang ngoài hệ thống được.", "error"),
    "INVALID_INPUT": ("Giá trị nhập vào không dùng được.", "error"),
    "DISABLED_ACCOUNT": ("Tài khoản này đã bị khóa. Xin liên hệ người quản trị.", "error"),
    "EMAIL_NOT_PROVIDED": ("Xin nhập email.", "error"),
    "INVALID_EMAIL_ADDRESS": ("Email chưa đúng.", "error"),
    "USER_DOES_NOT_EXIST": (_WRONG, "error"),
    "INVALID_PASSWORD": ("Mật khẩu chưa đúng.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Xin nhập mật khẩu.", "error"),
    "PASSWORD_INVALID_LENGTH": ("Mật khẩu cần ít nhất %(length)s ký tự.", "error"),
    "PASSWORD_TOO_SIMPLE": ("Mật khẩu quá dễ đoán.", "error"),
    "PASSWORD_MISMATCH": ("Mật khẩu chưa khớp.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("Hai lần nhập mật khẩu mới chưa giống nhau.", "error"),
    "PASSWORD_IS_THE_SAME": ("Mật khẩu mới phải khác mật khẩu đang dùng.", "error"),
    "PASSWORD_CHANGE": ("Đã đổi mật khẩu. Xin đăng nhập lại bằng mật khẩu mới.", "success"),
    "REAUTHENTICATION_SUCCESSFUL": ("Đã xác nhận mật khẩu.", "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        "Mã xác thực chưa đúng, hoặc đã dùng rồi. Xin chờ mã mới trên điện thoại rồi nhập lại.",
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("Đã đăng nhập bằng hai lớp.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("Đã cài đặt xác thực hai lớp trên điện thoại.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Xin đăng nhập bằng email và mật khẩu trước.", "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("Vai trò của anh/chị bắt buộc xác thực hai lớp, không tắt được.", "error"),
    "TWO_FACTOR_DISABLED": ("Đã tắt xác thực hai lớp.", "success"),
    "TWO_FACTOR_SETUP_EXPIRED": ("Cài đặt để quá lâu. Xin làm lại từ đầu.", "error"),
    "INVALID_RECOVERY_CODE": ("Mã dự phòng chưa đúng hoặc đã dùng rồi.", "error"),
    "NO_RECOVERY_CODES_SETUP": ("Chưa có mã dự phòng nào.", "info"),
}
