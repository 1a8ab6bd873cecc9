"""What a person sets in a claim comes back as it was given, whatever names and dates look like."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.case.test_claim_judgements import CLAIM, known
from weigh.case.claim_judgements import FIELDS, checked, corrected
from weigh.errors import UsageError
from weigh.records import Basis, Degree, Party, Stance

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)
"""Names as people write them: brackets, quotes, equals signs and all."""


def unknown(name: str) -> Party:
    """A party that no table holds."""
    return Party(name, name)


@given(names=st.lists(NAMES, max_size=4), field=st.sampled_from(["speaker", "accused"]))
def test_parties_come_back_in_their_order_whatever_they_are_called(names: list[str], field: str) -> None:
    kept = checked(f"{field}={';'.join(names)}", unknown)
    found = corrected(CLAIM, kept)
    parties = found.speakers if field == "speaker" else found.accused
    written = ";".join(names).strip().translate(str.maketrans("[]", "()")).split(";")
    assert [party.name for party in parties] == [name.strip() for name in written if name.strip() != ""]
    assert all(party.key == party.name for party in parties)


@given(name=NAMES)
def test_a_correction_that_is_corrected_again_says_the_same(name: str) -> None:
    assume(";" not in name)
    kept = checked(f"accused={name}", unknown)
    (party,) = corrected(CLAIM, kept).accused or (Party("", ""),)
    assert checked(f"accused={party.name}", unknown) == kept or party.name == ""


@given(day=st.dates())
def test_every_day_month_and_year_of_the_calendar_can_be_set(day: datetime.date) -> None:
    iso = day.isoformat()
    for given_date in (iso, iso[:7], iso[:4]):
        assert corrected(CLAIM, checked(f"said={given_date}", known)).said == given_date


@given(year=st.integers(0, 9999), month=st.integers(0, 99), day=st.integers(0, 99))
def test_no_other_day_can_be_set(year: int, month: int, day: int) -> None:
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        datetime.date(year, month, day)
    except ValueError:
        with pytest.raises(UsageError, match="is no date"):
            checked(f"said={written}", known)
    else:
        assert checked(f"said={written}", known) == f"said={written}"


@pytest.mark.parametrize(
    "value", ["said=", "said=2021-7-9", "said=19.07.2021", "said=2021-07-19T00:00", "said=-2021"]
)
def test_a_date_in_another_form_is_refused_with_one_that_is_right(value: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked(value, known)
    assert "2021-07-19" in refused.value.remedy


@pytest.mark.parametrize(
    ("field", "choices"), [("stance", list(Stance)), ("degree", list(Degree)), ("basis", list(Basis))]
)
def test_every_word_of_a_scale_can_be_set_and_changes_that_field_alone(
    field: str, choices: list[Stance | Degree | Basis]
) -> None:
    for choice in choices:
        found = corrected(CLAIM, checked(f"{field}={choice}", known))
        assert getattr(found, field) == choice
        back = corrected(found, f"{field}={getattr(CLAIM, field)}")
        assert back == CLAIM


@given(value=st.text(max_size=40).filter(lambda text: text.partition("=")[0].strip().lower() not in FIELDS))
def test_what_is_no_field_is_refused_with_the_fields_that_there_are(value: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked(value, unknown)
    assert all(field in refused.value.remedy for field in FIELDS)


@given(value=st.text(max_size=20).filter(lambda text: text.strip() not in {str(each) for each in Stance}))
def test_what_is_no_stance_is_refused_with_the_stances_that_there_are(value: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked(f"stance={value}", unknown)
    assert all(str(each) in refused.value.remedy for each in Stance)
