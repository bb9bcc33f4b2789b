"""The roster's values in the words that stand on an office's paper."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from roster.intake.categories import load_categories
from roster.intake.settings import DATA
from roster.person import Gender
from roster.survey.outcome import OutcomeGroup

GENDERS = {Gender.MALE: "Nam", Gender.FEMALE: "Nữ"}

CASH_REASONS = {
    "no_phone": "Không có điện thoại",
    "cannot_travel": "Đi lại khó khăn",
    "no_atm": "Gần nhà không có cây ATM",
    "distrust": "Chưa yên tâm với tài khoản",
    "disability": "Khuyết tật, sức khỏe yếu",
    "prefers": "Muốn nhận tiền mặt",
    "other": "Lý do khác",
}

LIST_TITLES = {
    OutcomeGroup.OWN_ACCOUNT: "DANH SÁCH NGƯỜI HƯỞNG ĐÃ CÓ TÀI KHOẢN",
    OutcomeGroup.OPEN_AT_HOME: "DANH SÁCH NGƯỜI HƯỞNG CẦN MỞ TÀI KHOẢN TẠI NHÀ",
    OutcomeGroup.OPEN_AT_WARD: "DANH SÁCH NGƯỜI HƯỞNG CẦN MỞ TÀI KHOẢN TẠI TRỤ SỞ XÃ, PHƯỜNG",
    OutcomeGroup.OPEN_BY_ONESELF: "DANH SÁCH NGƯỜI HƯỞNG TỰ MỞ TÀI KHOẢN",
    OutcomeGroup.OPEN_AT_COUNTER: "DANH SÁCH NGƯỜI HƯỞNG CẦN MỞ TÀI KHOẢN TẠI QUẦY NGÂN HÀNG",
    OutcomeGroup.THROUGH_RELATIVE: "DANH SÁCH NGƯỜI HƯỞNG NHẬN QUA TÀI KHOẢN NGƯỜI THÂN, NGƯỜI GIÁM HỘ",
    OutcomeGroup.CASH: "DANH SÁCH NGƯỜI HƯỞNG TIẾP TỤC NHẬN TIỀN MẶT",
    OutcomeGroup.NO_ANSWER: "DANH SÁCH NGƯỜI HƯỞNG CHƯA TRẢ LỜI",
    OutcomeGroup.OFFICER: "DANH SÁCH TRƯỜNG HỢP CẦN CÁN BỘ XEM XÉT",
}


def category_labels(categories: Collection[str]) -> str:
    """ "Hộ nghèo; Người có công"; a category the configuration does not know stands as it is."""
    labels = load_categories(DATA / "categories.yml").labels
    return "; ".join(labels.get(category, category) for category in categories)


def birth_text(day: date | None, year: int | None) -> str:
    """ "27/01/1950", or the year alone where no more is known."""
    return day.strftime("%d/%m/%Y") if day else str(year or "")


def long_date(place: str, day: date) -> str:
    """ "Hà Nội, ngày 05 tháng 02 năm 2026": zeros before days below 10 and months 1, 2 (Decree 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"
