"""Two partners accept the same offer in the same second, at two servers of one database: one gets it."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
import requests

from tools import databases, demo, odoo
from tools.base import run_dir

ROUNDS = 6  # links may be used thirty times in ten minutes from one address
MAKE = """
import json
company = env.company
company.write({"reseller_offers": True, "reseller_way": "first", "reseller_top": 2, "reseller_days_valid": 3})
grade = env["res.partner.grade"].create({"name": "Racers", "partner_weight": 1})
partners = env["res.partner"].create(
    [{"name": f"Racer {one}", "email": f"racer{one}@example.com", "grade_id": grade.id} for one in "ab"]
)
(env["res.partner"].search([("partner_weight", ">", 0)]) - partners).partner_weight = 0
leads = env["crm.lead"].create(
    [{"name": f"Race {one}", "user_id": False, "company_id": company.id} for one in range(ROUNDS)]
)
leads.action_offer_to_partners()
paths = [[f"/reseller/offer/{offer.id}/{offer._token()}" for offer in lead.offer_ids] for lead in leads]
env.cr.commit()
print("FOUND", json.dumps(paths))
"""
READ = """
import json
leads = env["crm.lead"].search([("name", "=like", "Race %")])
print("FOUND", json.dumps([[lead.partner_assigned_id.name, sorted(lead.offer_ids.mapped("state"))] for lead in leads]))
"""


def told(database, script, folder):
    file = folder / "script.py"
    file.write_text(script)
    output = odoo.shell(database, file, folder / "shell.log", "the script failed")
    return json.loads(re.search(r"FOUND (.*)", output).group(1))


@pytest.fixture
def database():
    name = databases.new(f"test_race_{uuid.uuid4().hex[:8]}", ["crm_reseller"])
    yield name
    databases.drop(name)


class Partner(requests.Session):
    def __init__(self, server, path):
        super().__init__()
        self.trust_env = False
        self.url = server + path
        page = self.get(self.url).text
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def accepts(self, barrier):
        barrier.wait(timeout=30)
        return self.post(self.url, data={"csrf_token": self.token, "answer": "accept"})


def test_one_wins_and_the_other_is_told(database, tmp_path):
    """Six times: each answers at a server of his own; one page thanks, the other says kindly that it is too late."""
    races = told(database, MAKE.replace("ROUNDS", str(ROUNDS)), tmp_path)
    assert all(len(paths) == 2 for paths in races)
    (run_dir() / "logs").mkdir(exist_ok=True)
    with ExitStack() as stack:
        servers = [stack.enter_context(demo.served(database, tmp_path / f"server{one}.log")) for one in range(2)]
        pool = stack.enter_context(ThreadPoolExecutor(2))
        for paths in races:
            barrier = Barrier(2)
            partners = [Partner(server, path) for server, path in zip(servers, paths, strict=True)]
            answers = [answer.result() for answer in [pool.submit(partner.accepts, barrier) for partner in partners]]
            assert [answer.status_code for answer in answers] == [200, 200]
            won = ["You have accepted this lead" in answer.text for answer in answers]
            late = ["Another partner was quicker" in answer.text for answer in answers]
            assert sorted(won) == [False, True]
            assert late == [not one for one in won]
    for partner, states in told(database, READ, tmp_path):
        assert partner in ("Racer a", "Racer b")
        assert states == ["accepted", "lost_to_another"]
