"""Reading rehearsal files: values as they are written, faults named, citizens selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.rehearsal.citizen import MOST_TURNS, Channel
from loa.rehearsal.files import BadRehearsal, read_citizens, select
from roster.campaign import AccountDetails

GOOD = """
- name: {name}
  person: {{full_name: Nguyễn Thị Hoa}}
  opens: "alo ai day"
  answers:
    account_number: 0011004123456
    consent: [no, yes]
  tags: [khó]
  expect:
    group: A
    claim: {{account_number: 0011004123457}}
"""


def write(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_scalars_stay_as_they_are_written(tmp_path: Path) -> None:
    (citizen,) = read_citizens(write(tmp_path, "a.yml", GOOD.format(name="bà Hoa"))).citizens
    assert citizen.answers == {"account_number": ["0011004123456"], "consent": ["no", "yes"]}
    assert citizen.expect.claim == {"account_number": "0011004123457"}


def test_what_is_left_out_has_the_contracts_defaults(tmp_path: Path) -> None:
    (citizen,) = read_citizens(write(tmp_path, "a.yml", GOOD.format(name="bà Hoa"))).citizens
    assert citizen.channel is Channel.SMS
    assert citizen.account_details is AccountDetails.CHAT
    assert citizen.invited
    assert citizen.most_turns == MOST_TURNS == 30
    assert citizen.expect.escalated is None


@pytest.mark.parametrize(
    ("expect", "no_claim"),
    [
        ("{group: A}", False),
        ("{group: none}", True),
        ("{group: F}", True),
        ("{group: F, claim: {state: declared}}", False),
        ("{claim: none}", True),
        ("{claim: null}", True),
        ("{claim: }", True),
        ("{escalated: true}", False),
    ],
)
def test_when_a_claim_must_not_exist(tmp_path: Path, expect: str, no_claim: bool) -> None:
    file = write(tmp_path, "a.yml", f"- {{name: a, opens: b, person: {{full_name: An}}, expect: {expect}}}")
    assert read_citizens(file).citizens[0].expect.expects_no_claim is no_claim


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{name: bà Hoa, opens: a, expect: {}}", "người thứ 1 “bà Hoa”: person: thiếu mục này"),
        ("{name: bà Hoa, opens: a, person: {}, expect: {}}", "“bà Hoa”: person.full_name: thiếu mục này"),
        (
            "{name: b, opens: a, person: {full_name: An, birth_year: xưa}, expect: {}}",
            "“b”: person.birth_year: phải là số nguyên",
        ),
        ("{name: b, opens: a, person: {full_name: An}, channel: fax, expect: {}}", "“b”: channel: phải là một trong: "),
        (
            "{name: b, opens: a, person: {full_name: An}, expect: {escalated: maybe}}",
            "“b”: expect.escalated: phải là true hoặc false",
        ),
        (
            "{name: b, opens: a, person: {full_name: An}, answers: {bank: {x: y}}, expect: {}}",
            "“b”: answers.bank: phải là một danh sách",
        ),
        ("just words", "người thứ 1: (cả mục): phải là các cặp khóa: giá trị"),
    ],
)
def test_a_fault_names_citizen_and_field(tmp_path: Path, entry: str, fault: str) -> None:
    file = write(tmp_path, "faulty.yml", f"- {entry}\n")
    with pytest.raises(BadRehearsal) as bad:
        read_citizens(file)
    assert len(bad.value.faults) == 1
    assert "faulty.yml" in bad.value.faults[0]
    assert fault in bad.value.faults[0]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a.yml", "- {name: a}\n")
    write(tmp_path, "b.yml", "name: not a list\n")
    write(tmp_path, "c.yml", "- {name: [\n")
    with pytest.raises(BadRehearsal) as bad:
        read_citizens(tmp_path)
    assert {fault[:5] for fault in bad.value.faults} == {"a.yml", "b.yml", "c.yml"}


def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadRehearsal):
        read_citizens(tmp_path)


def test_slips_of_the_pen_are_remarked_not_refused(tmp_path: Path) -> None:
    entry = (
        "{name: a, opens: b, persn: x, person: {full_name: An, age: 80}, answers: {bnk: c},"
        " expect: {clam: {}, claim: {stat: declared}}}"
    )
    remarks = "\n".join(read_citizens(write(tmp_path, "a.yml", f"- {entry}\n")).remarks)
    for key in ("persn", "person.age", "answers.bnk", "expect.clam", "expect.claim.stat"):
        assert f"“{key}”" in remarks


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        (None, ["bà Hoa", "ông Bình"]),
        ("straight", ["bà Hoa"]),
        ("EDGE", ["ông Bình"]),
        ("khó", ["bà Hoa", "ông Bình"]),
        ("kho", ["bà Hoa", "ông Bình"]),
        ("binh", ["ông Bình"]),
        ("không ai", []),
    ],
)
def test_a_tag_is_a_folder_a_tag_or_part_of_a_name(tmp_path: Path, tag: str | None, names: list[str]) -> None:
    write(tmp_path / "straight", "one.yml", GOOD.format(name="bà Hoa"))
    write(tmp_path / "edge", "two.yml", GOOD.format(name="ông Bình"))
    found = select(read_citizens(tmp_path).citizens, tag)
    assert sorted(citizen.name for citizen in found) == names
