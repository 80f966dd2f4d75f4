"""Makes docs/reports.csv: every ready report, its question, where it stands, what a click opens, what tests it."""

import csv
import io

from tools.base import ADDONS, TOP

TARGET = TOP / "docs" / "reports.csv"
COLUMNS = ("name", "question", "menu", "drill-down", "test")
DRILL_DOWN = {
    "crm.lead": "its leads",
    "crm.lead.passage": "its leads",
    "crm.activity.report": "its activities",
    "crm.lead.offer": "its offers",
    "crm.deal.registration": "its registrations",
}
TESTS = {
    "crm_reports": "crm_reports/tests/test_reports.py::TestReports.",
    "crm_reports_reseller": "crm_reports_reseller/tests/test_partner_reports.py::TestPartnerReports.",
}


def render():
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(COLUMNS)
    for addon in TESTS:
        with (ADDONS / addon / "data" / "crm.report.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                menu = f"CRM › Reporting › Reports › {row['theme'].partition('_')[2].replace('_', ' ').title()}"
                test = TESTS[addon] + _test(addon, row)
                writer.writerow([row["name"], row["question"], menu, DRILL_DOWN[row["model"]], test])
    return told.getvalue()


def _test(addon, row):
    if addon != "crm_reports":
        return "test_reports"
    if row["model"] != "crm.lead":
        return "test_other_models"
    if row["needs_figures"] == "True":
        return "test_counted_reports"
    return "test_attention_reports" if "attention_state" in row["domain"] else "test_lead_reports"


def write():
    TARGET.write_text(render())


def is_stale():
    return not TARGET.exists() or TARGET.read_text() != render()
