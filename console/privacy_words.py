"""What pages on citizens' requests say: how a request came, and for what the data is used."""

from __future__ import annotations

from collections.abc import Mapping

from roster.privacy.request import CameBy

CAME_BY: Mapping[CameBy, str] = {
    CameBy.OFFICE: "Đến cơ quan",
    CameBy.PHONE: "Gọi điện",
    CameBy.LETTER: "Gửi đơn",
    CameBy.MESSAGE: "Nhắn tin",
    CameBy.VISIT: "Khi cán bộ đến nhà",
}

PURPOSES = (
    "Chi trả trợ cấp xã hội: danh sách người hưởng do cơ quan nhà nước lập và lưu theo luật.",
    "Khảo sát nguyện vọng nhận trợ cấp qua tài khoản: theo sự đồng ý của ông/bà, rút lại được bất cứ lúc nào; "
    "trợ cấp không vì thế mà thay đổi.",
    "Bên được xem: cán bộ xã, phường nơi ông/bà ở và người duyệt. Bên nhận bản khai đã duyệt: phần mềm an sinh xã hội, "
    "đơn vị chi trả. Tin nhắn đi qua nhà mạng hoặc Zalo.",
)
"""What a person is told beside the data itself."""
