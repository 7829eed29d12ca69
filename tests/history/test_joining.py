"""Who joined a state at war, counted from disputes and dated memberships of alliances."""

from pathlib import Path

import pytest

from fairweather.history.build.joining import joined_cases

STATES = "stateabb,ccode,statenme,styear,endyear,version\n" + "".join(
    f"S{code:02},{code},State {code},1816,2016,2016\n" for code in range(1, 10)
)
DISPUTES = """dispnum,styear,stmon,stday,endyear,hostlev,version
7,1950,6,15,1951,5,5
8,1960,1,1,1960,4,5
"""
FIGHTERS = """dispnum,ccode,styear,stmon,stday,endyear,sidea,hostlev,orig,version
7,1,1950,6,15,1951,1,5,1,5
7,2,1950,6,15,1951,1,5,1,5
7,3,1950,8,1,1951,1,4,0,5
7,9,1950,6,15,1951,0,5,1,5
"""
RIVALRIES = "tssr_id,ccode1,ccode2,start,end\n1,7,8,1930,1960\n"
COLUMNS = (
    "atopid,member,phase,yrent,moent,dayent,yrexit,moexit,dayexit,cowsys,bilat,"
    "defense,offense,neutral,nonagg,consul,version\n"
)


def member(alliance: int, state: int, clauses: str, *, entered: str = "1940,1,1") -> str:
    return f"{alliance},{state},1,{entered},0,0,0,1,1,{clauses},4.01\n"


def cases(tmp_path: Path, *members: str, rivalries: str = "") -> dict[str, list[bool]]:
    (tmp_path / "cow_states.csv").write_text(STATES)
    (tmp_path / "mid5_disputes.csv").write_text(DISPUTES)
    (tmp_path / "mid5_participants.csv").write_text(FIGHTERS)
    (tmp_path / "tss_rivalries.csv").write_text(RIVALRIES + rivalries)
    (tmp_path / "atop401_members.csv").write_text(COLUMNS + "".join(members))
    found: dict[str, list[bool]] = {}
    for case in joined_cases(tmp_path):
        found.setdefault(case.group, []).append(case.happened)
    return found


DEFENCE, CONSULTATION = "1,0,0,0,0", "0,0,0,0,1"


def test_one_that_was_there_from_the_first_day_was_not_drawn_in(tmp_path: Path) -> None:
    assert cases(tmp_path, member(10, 1, DEFENCE), member(10, 2, DEFENCE)) == {}


def test_one_bound_to_two_states_of_a_side_is_one_case_by_its_strongest_pact(
    tmp_path: Path,
) -> None:
    found = cases(
        tmp_path,
        *(member(10, state, DEFENCE) for state in (1, 3)),
        *(member(11, state, CONSULTATION) for state in (2, 3)),
    )
    assert found["joined.defense"] == [True]
    assert found["joined.defense_bilateral"] == [True]
    assert "joined.consultation" not in found


def test_a_pact_made_in_the_war_is_no_case(tmp_path: Path) -> None:
    found = cases(tmp_path, *(member(10, state, DEFENCE, entered="1950,7,1") for state in (1, 4)))
    assert found == {}


def test_one_that_stayed_out_is_a_case_that_did_not_happen(tmp_path: Path) -> None:
    found = cases(tmp_path, *(member(10, state, CONSULTATION) for state in (1, 4)))
    assert found["joined.consultation"] == found["joined.no_defense_since_1945"] == [False]


def test_without_a_pact_a_rival_of_the_foe_is_the_case(tmp_path: Path) -> None:
    found = cases(tmp_path, member(10, 1, DEFENCE), rivalries="2,9,5,1930,1960\n")
    assert found == {"joined.none": [False], "joined.none_since_1945": [False]}


def test_a_rival_by_this_war_or_of_former_days_or_bound_by_a_pact_is_no_such_case(
    tmp_path: Path,
) -> None:
    found = cases(
        tmp_path,
        *(member(10, state, DEFENCE) for state in (1, 6)),
        rivalries="2,9,5,1950,1960\n3,9,8,1930,1940\n4,6,9,1930,1960\n",
    )
    assert "joined.none" not in found


def test_the_published_files_give_the_shipped_counts(shared: Path) -> None:
    history = shared / "data" / "history"
    if not history.is_dir():
        pytest.skip("the data sets are not there")
    found: dict[str, list[bool]] = {}
    for case in joined_cases(history):
        found.setdefault(case.group, []).append(case.happened)
    defence, lately = found["joined.defense"], found["joined.no_defense_since_1945"]
    assert (len(defence), sum(defence)) == (597, 69)
    assert (len(lately), sum(lately)) == (208, 7)
    unbound = found["joined.none_since_1945"]
    assert (len(unbound), sum(unbound)) == (82, 6)
