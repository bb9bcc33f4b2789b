"""What no text may say, and what a text of each kind has to say."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.step import StepKind
from outreach.template_checks import faults
from outreach.template_findings import Fault
from outreach.templates import WARNING, CampaignWords
from outreach.usual_texts import INVITATION, USUAL_TEXTS

CAMPAIGN = CampaignWords(
    date(2027, 1, 20), {"phone": "024 3834 0000", "office": "12 phố Láng, phuonglang.vn", "documents": "buoi hen"}
)


def found(template: str, kind: StepKind | None = None, channel: str = "sms") -> list[Fault]:
    return [finding.fault for finding in faults(template, CAMPAIGN, kind, channel)]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("", Fault.EMPTY),
        ("   ", Fault.EMPTY),
        ("Chào {ten}", Fault.PLACEHOLDER),
        ("Đến vào {gio_lam_viec}", Fault.PLACEHOLDER),
        ("Chào {xung_ho|ông bà}", Fault.PLACEHOLDER),
        ("Chào {xung_ho", Fault.PLACEHOLDER),
        ("Gửi bà thuộc diện bảo trợ xã hội", Fault.CATEGORY),
        ("Gui ho ngheo", Fault.CATEGORY),
        ("Gửi thân nhân LIỆT SĨ", Fault.CATEGORY),
        ("Mẹ Việt Nam anh hùng kính mến", Fault.CATEGORY),
        ("Người hưởng trợ cấp hưu trí", Fault.CATEGORY),
        ("Tro cap xa hoi thang nay", Fault.CATEGORY),
        ("Bảo trợ XH tháng này", Fault.CATEGORY),
        ("Gửi thân nhân NCC", Fault.CATEGORY),
        ("Loa Phường kính chào", Fault.PRODUCT),
        ("loa phuong kinh chao", Fault.PRODUCT),
        ("LOAPHUONG xin chao", Fault.PRODUCT),
        ("Xem https://hanoi.gov.vn", Fault.LINK),
        ("Xem www.hanoi.gov", Fault.LINK),
        ("Xem bit.ly/abc", Fault.LINK),
        ("Xem hanoi.gov.vn nhé", Fault.LINK),
        ("Bấm vào đường link để đăng ký", Fault.LINK),
        ("Quét mã QR để nhận tiền", Fault.LINK),
        ("Viết về canbo@lang.hanoi.gov.vn", Fault.LINK),
        ("Hỏi tại {noi_lam_viec}", Fault.LINK),
        ("Hỏi tại {gio_lam_viec|bit.ly/abc}", Fault.LINK),
        ("Gửi lại mã OTP", Fault.SECRET),
        ("Doc ma O.T.P cho can bo", Fault.SECRET),
        ("Đọc mã 0TP", Fault.SECRET),
        ("Cho biết mật khẩu", Fault.SECRET),
        ("Nhắn số tài khoản về đây", Fault.SECRET),
        ("Nhắn giúp số. Tài khoản, số tài\nkhoản", Fault.SECRET),
        ("nhan STK ve day", Fault.SECRET),
        ("Đọc giúp dãy số vừa nhận trong máy", Fault.SECRET),
        ("Doc giup 6 so trong tin", Fault.SECRET),
        ("Cho cán bộ biết mã mới gửi về máy", Fault.SECRET),
        ("Nhắn tài khoản của bác về đây", Fault.SECRET),
        ("Chụp ảnh căn cước gửi cán bộ", Fault.SECRET),
        ("Gửi số CCCD để đối chiếu", Fault.SECRET),
        (f"{WARNING} Xin gửi mã OTP.", Fault.SECRET),
        ("Nộp lệ phí 50.000đ trước ngày 5", Fault.FEE),
        ("Phí mở thẻ là 20.000đ", Fault.FEE),
        ("Nộp 50.000 đồng để giữ chỗ", Fault.FEE),
        ("Chuyển khoản trước 50k", Fault.FEE),
        ("Đặt cọc trước ngày 5", Fault.FEE),
        ("Moi cac cu den nha van hoa", Fault.OBSCENE),
        ("Hen buoi sang mai", Fault.OBSCENE),
        ("Mang theo {giay_to}", Fault.OBSCENE),
    ],
)
def test_refused(template: str, fault: Fault) -> None:
    assert fault in found(template)


@pytest.mark.parametrize(
    "template",
    [
        *USUAL_TEXTS.values(),
        "Kính gửi {xung_ho} {ten_goi}: hạn ngày 20.1.2027. {canh_bao}",
        "Tiền vào tài khoản từ tháng sau.",
        WARNING,
        "Mang theo căn cước công dân, không phải nộp lệ phí.",
        "Mời các cụ đến buổi sáng thứ bảy.",
        "Ngân hàng Chính sách xã hội mở tài khoản không mất phí.",
        "Đến {gio_lam_viec|giờ hành chính}.",
        "UBND xã Cự Khê mở cửa cả thứ bảy.",
        "Muốn nhận trợ cấp qua tài khoản thì nhắn CÓ.",
        "Gọi 024 3834 0000, số mới của phường, lúc 8.30 sáng.",
        "Tiền chuyển ngày 10.1.2027, đăng ký không mất tiền.",
        "Ngân hàng Chính sách xã hội mở cửa từ 8h đến 11h.",
    ],
)
def test_let_through(template: str) -> None:
    assert found(template) == []


@pytest.mark.parametrize(("kind", "text"), USUAL_TEXTS.items())
def test_the_texts_we_offer_pass_every_rule_of_their_kind(kind: StepKind, text: str) -> None:
    assert found(text, kind) == []


ASKING = "UBND {phuong_xa} xin hỏi {xung_ho}: tiền đã về chưa?"


@pytest.mark.parametrize(
    ("text", "kind", "missing"),
    [
        (ASKING, StepKind.MONEY_CAME, [Fault.NO_ANSWER, Fault.NO_STOP]),
        (f"{ASKING} {{cach_tra_loi}}.", StepKind.MONEY_CAME, [Fault.NO_STOP]),
        (f"{ASKING} {{cach_tra_loi}}, TỪ CHỐI để thôi nhận tin.", StepKind.MONEY_CAME, []),
        (f"{ASKING} {{cach_tra_loi}}, nhắn “từ chối” để thôi.", StepKind.MONEY_CAME, []),
        (f"{ASKING} {{cach_tra_loi}}, nhắn THÔI ĐI để thôi.", StepKind.MONEY_CAME, [Fault.NO_STOP]),
        ("Nhan CO de tra loi.", StepKind.REMINDER_UNANSWERED, [Fault.NO_ANSWER, Fault.NO_STOP]),
        ("Nhắn về 0912 000 000.", StepKind.REMINDER_UNANSWERED, [Fault.NO_ANSWER, Fault.NO_STOP]),
        ("Tiền của tháng này về ngày 5.", StepKind.MONEY_CAME, []),
        ("Tin nhắn này báo tiền về ngày 5.", StepKind.MONEY_CAME, []),
        ("Hết hạn ngày {han_chot}.", StepKind.FINAL, [Fault.NO_REASSURANCE]),
        ("Hết hạn {han_chot}. Không đăng ký cũng không mất trợ cấp.", StepKind.FINAL, []),
        (
            "Kính chào {xung_ho}.",
            StepKind.INVITATION,
            [Fault.NO_SPEAKER, Fault.NO_REASSURANCE, Fault.NO_PLACE_TO_ASK],
        ),
        ("UBND phường Láng xin báo: trợ cấp vẫn trả như cũ. Hỏi {dien_thoai}.", StepKind.INVITATION, []),
        ("{phuong_xa} xin báo: trợ cấp vẫn nhận như trước. Hỏi trưởng thôn.", StepKind.INVITATION, []),
    ],
)
def test_what_each_kind_has_to_say(text: str, kind: StepKind, missing: list[Fault]) -> None:
    assert found(text, kind) == missing


def test_on_zalo_the_message_itself_is_the_way_to_answer() -> None:
    text = "Xin bấm Quan tâm rồi nhắn CÓ, hoặc TỪ CHỐI để thôi nhận tin."
    assert found(text, StepKind.REMINDER_UNFINISHED, "zalo") == []
    assert found(text, StepKind.REMINDER_UNFINISHED, "sms") == [Fault.NO_ANSWER]


def test_a_text_that_no_gateway_takes_whole_is_refused_with_its_length() -> None:
    long = INVITATION + " Xin ông bà yên tâm về khoản tiền này." * 5
    (finding,) = faults(long, CAMPAIGN, StepKind.INVITATION)
    assert finding.fault is Fault.TOO_LONG and "thành 4 đoạn; nhiều nhất 3" in str(finding)
    assert found(long, StepKind.INVITATION, "zalo") == []


def test_a_finding_names_the_place_and_the_reason() -> None:
    (unknown,) = faults("Kính chào. Gửi {ten}", CAMPAIGN)
    assert str(unknown) == "Câu 2: Chỗ điền “ten” không dùng được: không có chỗ điền này."
    (missing,) = faults("Đến {gio_lam_viec}", CAMPAIGN)
    assert "đợt này chưa khai nội dung đó, và không có lời thay" in str(missing)
    (secret,) = faults("Kính chào ông bà. Tiền đã về. Gửi mã OTP", CAMPAIGN)
    assert str(secret).startswith("Câu 3: ") and "{canh_bao}" in str(secret)
    (of_the_facts,) = faults("Hỏi tại {noi_lam_viec}.", CAMPAIGN)
    assert str(of_the_facts) == "{noi_lam_viec}: Tin nhắn không được có đường dẫn: “phuonglang.vn”."
