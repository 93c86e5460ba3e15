"""Which products contain others: the proven pairs, and what the published service plans add to them."""

import csv
from dataclasses import replace

import pytest

from cpdesk.base import assets
from cpdesk.composition import contained_products, starting_catalogue
from cpdesk.domain.catalog import Scope
from cpdesk.domain.overlaps import Contained, Planned, extended, is_service, read_contained
from cpdesk.gateways.product_files import read_product_file
from tests.support.product_files import PUBLISHED

_HEADER = "part_number,guid,within_part_number,within_guid,source\n"


def _rows() -> list[dict[str, str]]:
    with (assets.root() / "catalog" / "contained.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_pair_is_of_the_catalogue_and_says_where_it_is_from() -> None:
    known = {(entry.product.part_number, entry.product.guid) for entry in starting_catalogue()}
    for row in _rows():
        assert (row["part_number"], row["guid"]) in known
        assert (row["within_part_number"], row["within_guid"]) in known
        assert row["source"].startswith("Microsoft, ")
    pairs = [(row["guid"], row["within_guid"]) for row in _rows()]
    assert len(pairs) == len(set(pairs)) > 100


@pytest.mark.parametrize(
    ("product", "larger"),
    [
        ("EXCHANGESTANDARD", "SPB"),
        ("O365_BUSINESS_ESSENTIALS", "SPB"),
        ("ENTERPRISEPACK", "SPE_E3"),
        ("SPE_E3", "SPE_E5"),
        ("POWER_BI_PRO", "SPE_E5"),
        ("EMS", "SPE_E3"),
    ],
)
def test_suites_contain_what_they_are_known_for(product: str, larger: str) -> None:
    guids = {entry.product.part_number: entry.product.guid for entry in starting_catalogue()}
    contained = contained_products()
    assert guids[larger] in contained[guids[product]]
    assert guids[product] not in contained.get(guids[larger], ())


def test_what_a_larger_one_contains_a_still_larger_one_contains_too() -> None:
    contained = contained_products()
    missing = [
        (guid, largest)
        for guid, larger in contained.items()
        for one in larger
        for largest in contained.get(one, ())
        if largest not in larger
    ]
    assert missing == []


@pytest.mark.parametrize("rows", ["a,1,a,1,x\n", "a,1,b,2,x\nb,2,a,1,x\n"])
def test_products_that_contain_themselves_or_each_other_are_refused(rows: str) -> None:
    with pytest.raises(ValueError, match="is said to contain"):
        read_contained(_HEADER + rows)


# What service plans tell


@pytest.fixture(scope="module")
def listed() -> dict[str, Planned]:
    """The products of the published list, by part number; the scopes of the starting catalogue are known."""
    file, scopes = read_product_file(PUBLISHED), {entry.product.guid: entry.product for entry in starting_catalogue()}
    services = {guid for guid, plan in file.plans.items() if is_service(plan.name)}
    found = [Planned(one.product(scopes.get(one.guid)), one.plans & services) for one in file.products]
    return {one.product.part_number: one for one in found}


@pytest.fixture(scope="module")
def everything(listed: dict[str, Planned]) -> Contained:
    return extended(contained_products(), listed.values())


def within(everything: Contained, listed: dict[str, Planned], product: str, larger: str) -> bool:
    return listed[larger].product.guid in everything.get(listed[product].product.guid, ())


@pytest.mark.parametrize(
    ("product", "larger"),
    [
        ("EXCHANGEENTERPRISE", "Microsoft_365_E3"),
        ("O365_w/o Teams Bundle_M3", "SPE_E3"),
        ("O365_w/o Teams Bundle_M3", "SPE_E5"),
        ("Microsoft_365_E3", "SPE_E5"),
        ("SPE_E5_NOPSTNCONF", "SPE_E5"),
        ("EMS", "M365EDU_A3_FACULTY"),
        ("ENTERPRISEPREMIUM_NOPSTNCONF", "SPE_E5"),
        ("POWER_BI_PRO", "M365EDU_A5_FACULTY"),
        ("Office_365_w/o_Teams_Bundle_Business_Premium", "SPB"),
        ("EXCHANGEESSENTIALS", "SPB"),
        ("INTUNE_SMB", "SPB"),
        ("SMB_BUSINESS", "O365_BUSINESS"),
        ("SMB_BUSINESS", "SPB"),
        ("M365_Copilot", "Microsoft_365_Copilot"),
    ],
)
def test_a_suite_contains_what_has_no_plan_of_its_own(
    everything: Contained, listed: dict[str, Planned], product: str, larger: str
) -> None:
    assert within(everything, listed, product, larger)
    assert not within(everything, listed, larger, product)


@pytest.mark.parametrize(
    "product",
    [
        "VISIOCLIENT",
        "VISIOONLINE_PLAN1",
        "PROJECT_P1",
        "PROJECTPROFESSIONAL",
        "PROJECTPREMIUM",
        "CPC_B_2C_4RAM_64GB",
        "Microsoft_365_Copilot",
        "MCOPSTN1",
        "Microsoft_Teams_Premium",
        "POWERAPPS_PER_USER",
        "DYN365_ENTERPRISE_SALES",
        "SHAREPOINTSTORAGE",
        "PBI_PREMIUM_EM1_ADDON",
    ],
)
@pytest.mark.parametrize("suite", ["SPE_E3", "SPE_E5", "ENTERPRISEPACK", "SPB", "M365EDU_A5_FACULTY"])
def test_what_is_bought_beside_a_suite_is_not_in_it(
    everything: Contained, listed: dict[str, Planned], product: str, suite: str
) -> None:
    assert not within(everything, listed, product, suite)


@pytest.mark.parametrize(
    ("product", "larger", "why"),
    [
        ("EXCHANGEDESKLESS", "Microsoft_Teams_EEA_New", "a technical mailbox"),
        ("EXCHANGEDESKLESS", "M365_F1_COMM", "a technical mailbox"),
        ("SHAREPOINTENTERPRISE", "DYN365_ENTERPRISE_PLAN1", "SharePoint for Dynamics 365 only"),
        ("SHAREPOINTENTERPRISE", "PROJECTPREMIUM", "SharePoint for Project only"),
        ("PROJECTPREMIUM", "PROJECTPROFESSIONAL", "the list is wrong there, and the proven pairs know better"),
        ("INTUNE_A", "M365EDU_A1", "a license of a device"),
        ("INTUNE_A_D_GOV", "SPE_E5", "a license of a device"),
        ("Microsoft_Teams_Rooms_Basic_without_Audio_Conferencing", "SPE_E5", "a license of a room"),
        ("MDATP_Server", "SPE_E5", "a license of a server"),
        ("EXCHANGESTANDARD", "TEAMS_EXPLORATORY", "it ends"),
        ("INTUNE_A", "SPE_E3_RPA1", "a license of a robot"),
        ("SPE_E3", "DEVELOPERPACK_E5", "a license to develop with"),
        ("DYN365_MARKETING_CONTACT_ADDON_T3", "DYN365_MARKETING_CONTACT_ADDON_T5", "quantities add up"),
        ("MCOPSTN5", "MCOPSTN2", "other minutes"),
        ("ENTERPRISEPACKPLUS_STUDENT", "ENTERPRISEPACKPLUS_FACULTY", "the same plans for other people"),
    ],
)
def test_plans_alone_are_no_proof(
    everything: Contained, listed: dict[str, Planned], product: str, larger: str, why: str
) -> None:
    assert not within(everything, listed, product, larger), why


def test_what_is_proven_stays_as_it_is(everything: Contained) -> None:
    proven = contained_products()
    known = set(proven).union(*proven.values())
    assert {guid: {one for one in larger if one in known} for guid, larger in everything.items() if guid in proven} == {
        guid: set(larger) for guid, larger in proven.items()
    }


def test_no_two_products_contain_each_other_and_none_itself(everything: Contained) -> None:
    assert [guid for guid, larger in everything.items() if guid in larger] == []
    assert [(one, two) for one, larger in everything.items() for two in larger if one in everything.get(two, ())] == []


def test_a_larger_one_that_is_no_license_of_a_user_contains_nothing(listed: dict[str, Planned]) -> None:
    small, suite = listed["OFFICESUBSCRIPTION_FACULTY"], listed["M365EDU_A3_FACULTY"]
    small = replace(small, plans=frozenset(sorted(suite.plans)[:5]))
    assert extended({}, [small, suite]) == {small.product.guid: {suite.product.guid}}
    for scope in (Scope.DEVICE, Scope.RESOURCE, Scope.TENANT):
        rooms = replace(suite, product=replace(suite.product, scope=scope))
        assert extended({}, [small, rooms]) == {}


def test_without_service_plans_the_proven_pairs_are_all() -> None:
    proven = contained_products()
    assert extended(proven, []) == proven
