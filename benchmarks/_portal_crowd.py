"""Run by locust: partners who log in, look through their pipelines, open a lead, and now and then move one."""

import os
import random
import re
from itertools import count

from locust import HttpUser, between, task

PARTNERS = int(os.environ["PORTAL_PARTNERS"])
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LEAD = re.compile(r"/my/pipeline/(\d+)")
_numbers = count()


class Partner(HttpUser):
    wait_time = between(8, 16)

    def on_start(self):
        number = next(_numbers) % PARTNERS
        self.chance, self.leads = random.Random(number), []
        page = self.client.get("/web/login", name="log in").text
        self.client.post(
            "/web/login",
            name="log in",
            data={"login": f"partner{number}", "password": "partner", "csrf_token": TOKEN.search(page)[1]},
        )

    def _look(self, url, name):
        with self.client.get(url, name=name, catch_response=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                answer.failure(f"answered {answer.status_code}")
            self.leads = LEAD.findall(answer.text or "") or self.leads

    @task(4)
    def kanban(self):
        self._look("/my/pipeline", "kanban")

    @task(3)
    def listing(self):
        self._look("/my/pipeline?view=list", "list")

    @task(1)
    def searching(self):
        self._look("/my/pipeline?view=list&search=Customer", "search")

    @task(3)
    def lead(self):
        if self.leads:
            self._look(f"/my/pipeline/{self.chance.choice(self.leads)}", "lead")
