import re

import pytest

from language.banks import (
    BankKind,
    LengthCheck,
    account_length_ok,
    all_banks,
    bank_by_bin,
    bank_by_name,
    bank_candidates,
    find_banks,
)
from language.edit_distance import within
from language.text import fold

NAMED = [
    ("vietcom", "Vietcombank"),
    ("Vietcombank", "Vietcombank"),
    ("VIETCOMBANK", "Vietcombank"),
    ("viet com bank", "Vietcombank"),
    ("việt com banh", "Vietcombank"),
    ("vcb", "Vietcombank"),
    ("VCB nhé", "Vietcombank"),
    ("vi xi bi", "Vietcombank"),
    ("ngân hàng ngoại thương", "Vietcombank"),
    ("tk vietcom so 0011", "Vietcombank"),
    ("0011004123456 vcb", "Vietcombank"),
    ("vietcombak", "Vietcombank"),
    ("vietcombnak", "Vietcombank"),
    ("vietcobank", "Vietcombank"),
    ("vietcombang", "Vietcombank"),
    ("vietin", "VietinBank"),
    ("viettinbank", "VietinBank"),
    ("vietinbak", "VietinBank"),
    ("viet in bank", "VietinBank"),
    ("công thương", "VietinBank"),
    ("ngan hang cong thuong", "VietinBank"),
    ("bidv", "BIDV"),
    ("B I D V", "BIDV"),
    ("b.i.d.v", "BIDV"),
    ("bi ai đi vi", "BIDV"),
    ("bi ai di vi", "BIDV"),
    ("đầu tư", "BIDV"),
    ("dau tu", "BIDV"),
    ("ngan hang dau tu va phat trien", "BIDV"),
    ("so tk 123456789 ngan hang dau tu", "BIDV"),
    ("agri", "Agribank"),
    ("a gri banh", "Agribank"),
    ("agribnak", "Agribank"),
    ("agribang", "Agribank"),
    ("aribank", "Agribank"),
    ("nông nghiệp", "Agribank"),
    ("nong nghiep", "Agribank"),
    ("noong nghieepj", "Agribank"),
    ("ben nong nghiep ay", "Agribank"),
    ("cua nong nghiep", "Agribank"),
    ("nh nong nghiep xa", "Agribank"),
    ("ngân hàng NN&PTNT", "Agribank"),
    ("NH Nông nghiệp và PTNT", "Agribank"),
    ("nong nghiep 3112205001234", "Agribank"),
    ("nganhang nong nghiep", "Agribank"),
    ("tech com", "Techcombank"),
    ("techcombnk", "Techcombank"),
    ("teckcombank", "Techcombank"),
    ("tcb", "Techcombank"),
    ("tk tech", "Techcombank"),
    ("em bi", "MB"),
    ("em bi banh", "MB"),
    ("mb", "MB"),
    ("mb bank", "MB"),
    ("MBBank", "MB"),
    ("quân đội", "MB"),
    ("ngân hàng Quân Đội nhé", "MB"),
    ("acb", "ACB"),
    ("a.c.b", "ACB"),
    ("á châu", "ACB"),
    ("vpbank", "VPBank"),
    ("vp banh", "VPBank"),
    ("sacom", "Sacombank"),
    ("xacombank", "Sacombank"),
    ("sacombannk", "Sacombank"),
    ("ngan hang tmcp sai gon thuong tin", "Sacombank"),
    ("sài gòn tài lộc", "Sacombank"),
    ("bưu điện liên việt", "LPBank"),
    ("buu dien lien viet", "LPBank"),
    ("LienVietPostBank", "LPBank"),
    ("lien viet", "LPBank"),
    ("lpbank", "LPBank"),
    ("ngan hang buu dien", "LPBank"),
    ("tp", "TPBank"),
    ("tpbanh", "TPBank"),
    ("tiên phong", "TPBank"),
    ("hdbank", "HDBank"),
    ("vib", "VIB"),
    ("shb", "SHB"),
    ("sài gòn - hà nội", "SHB"),
    ("maritime bank", "MSB"),
    ("hang hai", "MSB"),
    ("seabank", "SeABank"),
    ("ocb", "OCB"),
    ("phương đông", "OCB"),
    ("eximbank", "Eximbank"),
    ("nam a bank", "NamABank"),
    ("ngan hang nam a", "NamABank"),
    ("namabank", "NamABank"),
    ("ngân hàng Bắc Á", "BacABank"),
    ("pvcombank", "PVcomBank"),
    ("pv com bank", "PVcomBank"),
    ("abbank", "ABBank"),
    ("ngan hang an binh", "ABBank"),
    ("ngan hang bao viet", "BaoVietBank"),
    ("kienlongbank", "KienlongBank"),
    ("kien long", "KienlongBank"),
    ("quoc dan", "NCB"),
    ("viet a bank", "VietABank"),
    ("vietbank", "VietBank"),
    ("viet nam thuong tin", "VietBank"),
    ("ban viet", "BVBank"),
    ("pg bank", "PGBank"),
    ("ngan hang xang dau", "PGBank"),
    ("saigonbank", "SaigonBank"),
    ("scb", "SCB"),
    ("gpbank", "GPBank"),
    ("oceanbank", "MBV"),
    ("ngan hang dai duong", "MBV"),
    ("cbbank", "VCBNeo"),
    ("ngan hang dong a", "Vikki"),
    ("tk dong a", "Vikki"),
    ("dong a bank", "Vikki"),
    ("shinhan", "Shinhan"),
    ("standard chartered", "Standard Chartered"),
    ("chính sách", "NHCSXH"),
    ("ngan hang chinh sach xa hoi", "NHCSXH"),
    ("the cua ngan hang chinh sach", "NHCSXH"),
    ("quy tin dung nhan dan", "Quỹ tín dụng nhân dân"),
    ("quy tin dung xa", "Quỹ tín dụng nhân dân"),
    ("ngan hang hop tac xa", "Co-opBank"),
    ("co-opbank", "Co-opBank"),
    ("cake", "Cake"),
    ("timo", "Timo"),
    ("momo", "MoMo"),
    ("ví momo", "MoMo"),
    ("zalo pay", "ZaloPay"),
    ("viettel pay", "Viettel Money"),
    ("vi viettel", "Viettel Money"),
    ("vnpt money", "VNPT Money"),
    ("shopeepay", "ShopeePay"),
    ("co, bac co tk vietcom so 0011 0041 23456 ten Hoa", "Vietcombank"),
]

NOT_NAMED = [
    "",
    "a",
    "ca",
    "co",
    "ba",
    "bac",
    "viet",
    "tien",
    "nam a",
    "bac a",
    "vang a bac a",
    "dạ bác ạ",
    "moi nam a",
    "nam a toi om",
    "viet a",
    "dong a",
    "an binh",
    "bao viet",
    "buu dien",
    "xang dau",
    "toi o tp hcm",
    "len tp ho chi minh roi",
    "em bi om",
    "em bi lua mat tien",
    "con toi o quan doi",
    "anh ay la bo doi quan doi ve huu",
    "quan doi 1968",
    "tien chinh sach cua toi",
    "che do chinh sach",
    "lam nong nghiep",
    "toi lam ruong nong nghiep thoi",
    "dau tu lam gi",
    "toi khong biet viet",
    "viet nam",
    "vietnam",
    "tap the duc quoc te",
    "zalo",
    "viettel",
    "nha nuoc",
    "khong co",
    "co roi",
    "toi chua co",
    "tai khoan cua con toi",
    "may bang",
    "viet bang tay",
    "the nao",
    "cam on chau",
    "toi muon tien mat",
    "khong di duoc",
    "con gai toi",
    "chau hoi bac",
    "de can bo ghi",
    "nguyen thi hoa",
    "tran van tien",
    "le thi viet",
    "A3HK7M2P",
    "ngan hang nao gan nhat",
    "co mat phi khong",
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_bank_is_found_by_name_nickname_or_misspelling(text: str, name: str) -> None:
    assert [f.value.short_name for f in find_banks(text)] == [name]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_ordinary_words_name_no_bank(text: str) -> None:
    assert find_banks(text) == []


def test_several_banks_come_in_order_with_their_spans() -> None:
    text = "toi co 2 tk, VCB voi bidv, vi momo nua"
    assert [(f.value.short_name, text[f.start : f.end]) for f in find_banks(text)] == [
        ("Vietcombank", "VCB"),
        ("BIDV", "bidv"),
        ("MoMo", "vi momo"),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("viet", "Vietcombank"),
        ("hàng việt", "Vietcombank"),
        ("ngan hang viet nam", "Vietcombank"),
        ("ngan hang sai gon", "Sacombank"),
        ("sai gon", "Sacombank"),
        ("buu dien", "LPBank"),
        ("viettel", "Viettel Money"),
        ("vietibank", "VietinBank"),
    ],
)
def test_a_doubtful_word_gives_candidates_and_no_finding(text: str, first: str) -> None:
    assert find_banks(text) == []
    assert bank_candidates(text)[0].short_name == first


@pytest.mark.parametrize(
    "text", ["vcb", "toi khong biet viet", "nha toi o sai gon", "bac a", "vang", "di buu dien linh tien"]
)
def test_no_candidates_where_a_bank_is_named_or_none_is_meant(text: str) -> None:
    assert bank_candidates(text) == []


def test_every_name_of_the_list_leads_to_its_bank() -> None:
    for bank in all_banks():
        for name in bank.names:
            (found,) = find_banks(f"tk {name} nhé")
            assert found.value == bank, name
        for name in (*bank.everyday_names, *bank.needs_bank_word):
            (found,) = find_banks(f"tôi có tài khoản ngân hàng {name}")
            assert found.value == bank, name
            (found,) = find_banks(f"toi co tai khoan ngan hang {fold(name)}")
            assert found.value == bank, name


def test_the_list_is_whole_and_consistent() -> None:
    banks = all_banks()
    assert len({bank.code for bank in banks}) == len(banks)
    assert len({bank.short_name for bank in banks}) == len(banks)
    bins = [bank.napas_bin for bank in banks if bank.napas_bin]
    assert len(set(bins)) == len(bins)
    assert all(re.fullmatch(r"\d{6}", number) for number in bins)
    assert sum(bank.kind is BankKind.BANK for bank in banks) >= 46
    assert {"MOMO", "ZALOPAY", "VTLMONEY", "VNPTMONEY", "SHOPEEPAY"} <= {
        bank.code for bank in banks if bank.kind is BankKind.WALLET
    }
    folded = [fold(name) for bank in banks for name in {*map(fold, bank.names), *map(fold, bank.everyday_names)}]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MB", "MB"),
        ("mb", "MB"),
        ("BƯU ĐIỆN LIÊN VIỆT", "LPB"),
        ("970436", None),
        ("nam á", "NAB"),
        ("bậy", None),
    ],
)
def test_bank_by_name(name: str, code: str | None) -> None:
    bank = bank_by_name(name)
    assert (bank.code if bank else None) == code


def test_bank_by_bin() -> None:
    bank = bank_by_bin("970436")
    assert bank is not None and bank.short_name == "Vietcombank"
    assert bank_by_bin("") is None
    assert bank_by_bin("970499") is None


@pytest.mark.parametrize(
    ("name", "number", "check"),
    [
        ("Vietcombank", "0011004123456", LengthCheck.OK),
        ("Vietcombank", "1012345678", LengthCheck.OK),
        ("Vietcombank", "001100412345", LengthCheck.UNUSUAL),
        ("Agribank", "3112205001234", LengthCheck.OK),
        ("Techcombank", "19012345678901", LengthCheck.OK),
        ("Techcombank", "190", LengthCheck.UNUSUAL),
        ("OCB", "123", LengthCheck.UNKNOWN),
        ("MoMo", "0912345678", LengthCheck.OK),
    ],
)
def test_lengths_of_account_numbers(name: str, number: str, check: LengthCheck) -> None:
    bank = bank_by_name(name)
    assert bank is not None
    assert account_length_ok(bank, number) is check


@pytest.mark.parametrize(
    ("a", "b", "most", "distance"),
    [
        ("agribank", "agribank", 2, 0),
        ("agribnak", "agribank", 2, 1),
        ("agrbank", "agribank", 2, 1),
        ("agribankk", "agribank", 2, 1),
        ("ogribank", "agribank", 2, 1),
        ("xyz", "abc", 2, None),
        ("agri", "agribank", 2, None),
    ],
)
def test_edit_distance(a: str, b: str, most: int, distance: int | None) -> None:
    assert within(a, b, most) == distance
    assert within(b, a, most) == distance
