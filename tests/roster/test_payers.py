"""Who pays whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.payers import Payer, UnknownPayer, load_payers, payer_named


def who_pays(
    payers: tuple[Payer, ...], paid_by: str | None, *, by_account: bool = False, commune: str = "00118"
) -> str:
    """The key of the first payer that fits."""
    return next(
        payer.key
        for payer in payers
        if payer.pays(by_account=by_account, paid_by=paid_by, commune_code=commune, categories=["meritorious"])
    )


@pytest.mark.parametrize(
    ("paid_by", "by_account", "expected"),
    [
        ("Bưu điện", False, "post_office"),
        ("BUU DIEN VAN HOA XA", False, "post_office"),
        ("Tiền mặt", False, "cash"),
        (None, False, "cash"),
        ("Bưu điện", True, "account"),
        (None, True, "account"),
    ],
)
def test_the_account_goes_before_what_the_roster_says(paid_by: str | None, by_account: bool, expected: str) -> None:
    assert who_pays(load_payers(), paid_by, by_account=by_account) == expected


def test_an_office_may_have_its_own_payers(tmp_path: Path) -> None:
    file = tmp_path / "payers.yml"
    file.write_text(
        "payers:\n"
        "  - {key: bank, label: Ngân hàng, account: true}\n"
        "  - {key: hamlet, label: Thôn, account: false, communes: ['09982'], categories: [meritorious]}\n"
        "  - {key: rest, label: Phường, account: false}\n"
    )
    payers = load_payers(file)
    assert [who_pays(payers, None, commune=code) for code in ("09982", "00118")] == ["hamlet", "rest"]


def test_an_unknown_payer_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownPayer, match="account, post_office, cash"):
        payer_named("bank", load_payers())
