"""Each history's files become the leads, outcomes and dates that they mean."""

from datetime import datetime, timedelta

import pytest

from tools.base import Trouble
from tools.histories.readers import read_folder

MAVEN = {
    "accounts.csv": (
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
        "Cancity,technolgy,2001,718.62,2448,Philipines,\n"
        "Isdom,medical,2002,3178.24,many,Korea,\n"
    ),
    "products.csv": "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n",
    "sales_teams.csv": (
        "sales_agent,manager,regional_office\nMoses Frase,Dustin Brinkmann,Central\n"
        "Anna Snelling,Dustin Brinkmann,Central\nZane Levy,Summer Sewald,West\n"
    ),
    "sales_pipeline.csv": (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "A1,Moses Frase,GTXPro,Cancity,Won,2017-01-10,2017-03-01,4514\n"
        "A2,Zane Levy,MG Special,Isdom,Lost,2017-01-05,2017-02-01,0\n"
        "A3,Anna Snelling,GTX Pro,,Engaging,2017-05-01,,\n"
        "A4,Anna Snelling,GTX Pro,,Prospecting,,,\n"
    ),
}
SCHOOL_HEADER = (
    "Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Do Not Call,Converted,TotalVisits,"
    "Total Time Spent on Website,Page Views Per Visit,Last Activity,Country,Specialization,"
    "How did you hear about X Education,What is your current occupation,What matters most to you in choosing a course,"
    "Search,Magazine,Newspaper Article,X Education Forums,Newspaper,Digital Advertisement,Through Recommendations,"
    "Receive More Updates About Our Courses,Tags,Lead Quality,Update me on Supply Chain Content,"
    "Get updates on DM Content,Lead Profile,City,Asymmetrique Activity Index,Asymmetrique Profile Index,"
    "Asymmetrique Activity Score,Asymmetrique Profile Score,I agree to pay the amount through cheque,"
    "A free copy of Mastering The Interview,Last Notable Activity"
)


def school_row(number, converted, **cells):
    known = {"Lead Number": str(number), "Converted": str(converted), **cells}
    return ",".join(known.get(name, "") for name in SCHOOL_HEADER.split(","))


def school(*rows):
    return {"leads.csv": "\n".join([SCHOOL_HEADER, *rows, ""])}


OLIST_LEADS, OLIST_DEALS = "olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv"
OLIST_DEALS_HEADER = (
    "mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type,lead_behaviour_profile,has_company,has_gtin,"
    "average_stock,business_type,declared_product_catalog_size,declared_monthly_revenue\n"
)


def olist(leads, deals):
    return {
        OLIST_LEADS: "mql_id,first_contact_date,landing_page_id,origin\n" + "".join(f"{row}\n" for row in leads),
        OLIST_DEALS: OLIST_DEALS_HEADER
        + "".join(f"{key},s,d,r,{day},pet,,cat,,,,reseller,,0.0\n" for key, day in deals),
    }


@pytest.fixture
def history(tmp_path):
    def history(files):
        for name, content in files.items():
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_folder(tmp_path)

    return history


def by_key(history):
    return {lead.key: lead for lead in history.leads}


def test_maven_outcomes_stages_and_dates(history):
    """Won, lost and open deals with the file's dates; one without any date counts from the history's last day."""
    leads = by_key(history(MAVEN))
    assert {key: (lead.outcome, lead.stage) for key, lead in leads.items()} == {
        "A1": ("won", ""),
        "A2": ("lost", "Engaging"),
        "A3": ("open", "Engaging"),
        "A4": ("open", "Prospecting"),
    }
    assert (leads["A1"].created, leads["A1"].closed) == (datetime(2017, 1, 10, 12), datetime(2017, 3, 1, 12))
    assert (leads["A3"].created, leads["A3"].closed) == (datetime(2017, 5, 1, 12), None)
    assert leads["A4"].created == datetime(2017, 5, 1, 12)


def test_maven_takes_the_list_price_and_never_the_closing_value(history):
    """`close_value` tells the outcome (0 when lost): won and lost deals of one product are worth the same."""
    swapped = {
        **MAVEN,
        "sales_pipeline.csv": MAVEN["sales_pipeline.csv"].replace(",4514", ",0").replace(",0\n", ",9999\n"),
    }
    revenues = {key: lead.revenue for key, lead in by_key(history(MAVEN)).items()}
    assert revenues == {"A1": 4821, "A2": 55, "A3": 4821, "A4": 4821}
    assert {key: lead.revenue for key, lead in by_key(history(swapped)).items()} == revenues


def test_maven_spellings_people_and_accounts(history):
    """GTXPro is GTX Pro; a manager leads the team of his agents; sector, country and employees are told."""
    told = history(MAVEN)
    assert by_key(told)["A1"].tags == ("GTX Pro",)
    assert [(team.name, team.leader, team.members) for team in told.teams] == [
        ("Central (Dustin Brinkmann)", "dustin_brinkmann", ("moses_frase", "anna_snelling")),
        ("West (Summer Sewald)", "summer_sewald", ("zane_levy",)),
    ]
    assert by_key(told)["A2"].team == told.teams[1].key
    assert [user.login for user in told.users if user.leads_a_team] == [
        "dustin.brinkmann@maven.example.com",
        "summer.sewald@maven.example.com",
    ]
    assert [(one.industry, one.country, one.employees) for one in told.accounts] == [
        ("Technology", "Philippines", 2448),
        ("Medical", "South Korea", None),
    ]
    assert [(error.file, error.row, error.column) for error in told.errors] == [("accounts.csv", 3, "employees")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("B1,Moses Frase,GTXPro,Cancity,Won,2017-01-10,2017-02-30,1", "close_date"),
        ("B1,Moses Frase,GTXPro,Cancity,Won,2017-01-10,,1", "close_date"),
        ("B1,Moses Frase,GTXPro,Cancity,Lost,2017-01-10,2016-12-31,0", "close_date"),
        ("B1,Moses Frase,GTXPro,Cancity,Engaging,10.01.2017,,", "engage_date"),
        ("B1,Moses Frase,GTXPro,Cancity,Dreaming,2017-01-10,,", "deal_stage"),
    ],
)
def test_maven_rows_whose_outcome_or_date_is_wrong_are_left_out(history, row, column):
    """The wrong row is named by number and column, and all others are there."""
    told = history({**MAVEN, "sales_pipeline.csv": MAVEN["sales_pipeline.csv"] + row + "\n"})
    assert set(by_key(told)) == {"A1", "A2", "A3", "A4"}
    assert ("sales_pipeline.csv", 6, column) in [(error.file, error.row, error.column) for error in told.errors]


def test_maven_a_name_that_no_other_file_knows_is_left_empty(history):
    """An unknown agent, product or account costs its cell; the lead is there."""
    row = "B1,Nobody,Gadget,Nowhere,Won,2017-01-10,2017-02-01,1\n"
    told = history({**MAVEN, "sales_pipeline.csv": MAVEN["sales_pipeline.csv"] + row})
    lead = by_key(told)["B1"]
    assert (lead.user, lead.team, lead.account, lead.revenue, lead.tags) == ("", "", "", 0.0, ("Gadget",))
    assert {error.column for error in told.errors if error.row == 6} == {"sales_agent", "product", "account"}


def test_school_leads_go_by_number_an_hour_apart(history):
    """Without dates the lead number gives the order; each is decided 30 days later."""
    told = history(school(school_row(30, 1), school_row(10, 0), school_row(20, 1)))
    assert [(lead.key, lead.outcome) for lead in told.leads] == [("10", "lost"), ("20", "won"), ("30", "won")]
    steps = [later.created - earlier.created for earlier, later in zip(told.leads, told.leads[1:], strict=False)]
    assert steps == [timedelta(hours=1)] * 2
    assert {lead.closed - lead.created for lead in told.leads} == {timedelta(days=30)}


def test_school_select_is_no_answer(history):
    """`Select` is what the form shows before anybody chose."""
    cells = {
        "City": "Select",
        "Specialization": "Select",
        "What is your current occupation": "Student",
        "Country": "unknown",
    }
    (lead,) = history(school(school_row(1, 0, **cells, **{"Lead Source": "google", "Lead Origin": "API"}))).leads
    assert (lead.city, lead.country, lead.tags, lead.source, lead.medium) == ("", "", ("Student",), "Google", "API")


def test_school_numbers_become_properties_of_the_team(history):
    """Visits, seconds and page views; an empty or wrong one is missing, not zero."""
    cells = {"TotalVisits": "5.0", "Total Time Spent on Website": "many", "Page Views Per Visit": "2.5"}
    told = history(school(school_row(1, 0, **cells), school_row(2, 0)))
    assert [lead.properties for lead in told.leads] == [(("total_visits", 5.0), ("page_views_per_visit", 2.5)), ()]
    assert [known.name for known in told.teams[0].properties] == [
        "total_visits",
        "time_on_site",
        "page_views_per_visit",
    ]
    assert [(error.row, error.column) for error in told.errors] == [(2, "Total Time Spent on Website")]


LEAKS = (
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Last Activity",
    "Last Notable Activity",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
)


@pytest.mark.parametrize("column", LEAKS)
def test_school_what_the_salesperson_filled_in_is_not_read(history, column):
    """A column that tells the outcome changes nothing in the lead, whatever it says."""
    without = history(school(school_row(1, 1))).leads
    assert history(school(school_row(1, 1, **{column: "Closed by Horizzon"}))).leads == without


@pytest.mark.parametrize(("number", "converted", "column"), [("x", "1", "Lead Number"), ("2", "maybe", "Converted")])
def test_school_rows_without_place_or_outcome_are_left_out(history, number, converted, column):
    """Neither the order nor the outcome is guessed."""
    told = history(school(school_row(1, 0), school_row(number, converted)))
    assert [lead.key for lead in told.leads] == ["1"]
    assert [(error.row, error.column) for error in told.errors] == [(3, column)]


def test_olist_is_lost_after_167_days_and_won_when_it_signed(history):
    """Never signed: lost on day 167. Signed, however late: won on that day."""
    told = history(
        olist(
            ["a,2018-01-01,p1,paid_search", "b,2018-01-01,p1,NaN", "c,2017-07-01,,unknown"],
            [("a", "2018-02-26 19:58:54"), ("c", "2018-07-01 03:00:00")],
        )
    )
    leads = by_key(told)
    assert {key: lead.outcome for key, lead in leads.items()} == {"a": "won", "b": "lost", "c": "won"}
    assert leads["a"].closed == datetime(2018, 2, 26, 19, 58, 54)
    assert leads["b"].closed - leads["b"].created == timedelta(days=167)
    assert leads["c"].closed == datetime(2018, 7, 1, 3)
    assert [(leads[key].source, leads[key].campaign) for key in "abc"] == [
        ("Paid search", "Landing page p1"),
        ("", "Landing page p1"),
        ("", ""),
    ]


def test_olist_nothing_else_of_the_deals_file_reaches_a_lead(history):
    """Won leads carry what lost ones carry: no owner, account, tag, amount or property tells the outcome."""
    told = history(olist(["a,2018-01-01,p1,email"], [("a", "2018-02-26 19:58:54")]))
    (lead,) = told.leads
    assert (lead.user, lead.team, lead.account, lead.tags, lead.revenue, lead.properties) == ("", "", "", (), 0.0, ())


def test_olist_signed_before_the_first_contact_is_reported(history):
    """Such a lead stays won, on the day of its contact, and the row is named."""
    told = history(olist(["a,2018-03-08,p,email"], [("a", "2018-03-06 19:38:55")]))
    assert told.leads[0].outcome == "won"
    assert told.leads[0].closed == told.leads[0].created
    assert [(error.row, error.column) for error in told.errors] == [(2, "won_date")]


def test_olist_a_deal_that_cannot_be_read_does_not_make_its_lead_lost(history):
    """A wrong or empty won date, or a spoilt row, leaves the lead out rather than calling it lost."""
    files = olist(
        ["a,2018-01-01,p,email", "b,2018-01-01,p,email", "c,2018-01-01,p,email", "d,2018-01-01,p,email"],
        [("a", "soon"), ("b", ""), ("d", "2018-02-01 03:00:00")],
    )
    told = history(
        {**files, OLIST_DEALS: files[OLIST_DEALS].encode() + b"c,s,d,r,2018-02-01 03:00:00,caf\xe9,,,,,,,,\n"}
    )
    assert [(lead.key, lead.outcome) for lead in told.leads] == [("d", "won")]
    assert {error.row for error in told.errors if error.file == OLIST_LEADS} == {2, 3, 4}


def test_olist_without_its_deals_is_refused(history):
    """With no file of deals every lead would be lost: that is said instead."""
    with pytest.raises(Trouble, match="which leads were won"):
        history({**olist(["a,2018-01-01,p,email"], []), OLIST_DEALS: "something,else\n1,2\n"})


def test_an_unknown_or_missing_folder_is_one_sentence(tmp_path):
    """The sentence names the folder and, where it holds other files, what was looked for."""
    with pytest.raises(Trouble, match="there is no folder"):
        read_folder(tmp_path / "none")
    with pytest.raises(Trouble, match="maven_crm: sales_pipeline.csv"):
        read_folder(tmp_path)


def test_reading_twice_gives_the_same(history):
    """Nothing depends on the order of a set or on the clock."""
    assert history(MAVEN) == history(MAVEN)
