"""Puts a history into an Odoo database; runs inside an Odoo shell.

All goes through the ORM, without mails, followers or tracking. Only the dates that the ORM
stamps on every record are set by SQL afterwards, and what depends on them is computed anew. Every
record gets an external id, so that what is there is not made twice.

Stock's scoring counts each won and lost lead as it is created, by the date of its creation,
which is wrong here and takes a third of the time: it is off meanwhile, and its own job counts
everything once at the end, from the history's first day on.
"""

import time

MODULE = "__history__"
BATCH = 1000
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
    "active_test": False,
    "lang": "en_US",
}
COMPANY_SIZES = ((1, "1"), (9, "2_9"), (49, "10_49"), (249, "50_249"), (999, "250_999"))
LARGEST = "1000"


def write(env, history):
    """Write a history (a dict made from `model.History`); what was done, and sentences on what was not understood."""
    start, queries = time.perf_counter(), env.cr.sql_log_count
    writer = _Writer(env(context={**env.context, **QUIET}), history)
    done = writer.write()
    env.cr.commit()
    seconds = time.perf_counter() - start
    done.update(
        seconds=round(seconds, 2),
        leads_per_second=round(done["leads"] / seconds),
        queries=env.cr.sql_log_count - queries,
    )
    return done, writer.unknown


def company_size(employees):
    return next((key for most, key in COMPANY_SIZES if employees <= most), LARGEST)


class _Writer:
    def __init__(self, env, history):
        self.env = env
        self.history = history
        self.unknown = []
        self._countries = {country.name.casefold(): country.id for country in env["res.country"].search([])}

    def write(self):
        users, teams = self._users(), self._teams()
        stages, accounts = self._stages(teams), self._accounts()
        known = {
            "user": users,
            "team": teams,
            "account": accounts,
            "stage": stages,
            "source": self._named("utm.source", {lead["source"] for lead in self.history["leads"]}),
            "medium": self._named("utm.medium", {lead["medium"] for lead in self.history["leads"]}),
            "campaign": self._named("utm.campaign", {lead["campaign"] for lead in self.history["leads"]}),
            "tag": self._named("crm.tag", {tag for lead in self.history["leads"] for tag in lead["tags"]}),
        }
        already = self._present("crm.lead")
        new = [lead for lead in self.history["leads"] if lead["key"] not in already]
        if new:
            since = self._scoring_since("")
            for start in range(0, len(new), BATCH):
                self._write_leads(new[start : start + BATCH], known)
            self._score(since and min(since, new[0]["created"][:10]))
        outcomes = [lead["outcome"] for lead in new]
        return {
            "leads": len(new),
            "won": outcomes.count("won"),
            "lost": outcomes.count("lost"),
            "open": outcomes.count("open"),
            "already_there": len(already),
            "users": len(users),
            "teams": len(teams),
            "accounts": len(accounts),
        }

    def _users(self):
        role = {
            True: self.env.ref("sales_team.group_sale_salesman_all_leads").id,
            False: self.env.ref("sales_team.group_sale_salesman").id,
        }
        basic = self.env.ref("base.group_user").id
        return self._make(
            "res.users",
            {
                user["key"]: {
                    "name": user["name"],
                    "login": user["login"],
                    "email": user["login"],
                    "group_ids": [(6, 0, [basic, role[user["leads_a_team"]]])],
                }
                for user in self.history["users"]
            },
        )

    def _teams(self):
        users = self._present("res.users")
        teams = self._make(
            "crm.team",
            {
                team["key"]: {
                    "name": team["name"],
                    "use_opportunities": True,
                    "user_id": users.get(team["leader"], False),
                    "lead_properties_definition": [
                        {"name": known["name"], "string": known["label"], "type": known["kind"]}
                        for known in team["properties"]
                    ],
                }
                for team in self.history["teams"]
            },
        )
        records = self.env["crm.team"].browse(teams.values())
        members = {(member.crm_team_id.id, member.user_id.id) for member in records.crm_team_member_all_ids}
        wanted = [(teams[team["key"]], users[member]) for team in self.history["teams"] for member in team["members"]]
        self.env["crm.team.member"].create(
            [{"crm_team_id": team, "user_id": user} for team, user in wanted if (team, user) not in members]
        )
        return teams

    def _stages(self, teams):
        """The history's own stages by name; an empty name is the pipeline's first, "won" its last."""
        by_key = self._make(
            "crm.stage",
            {
                _slug(stage["name"]): {
                    "name": stage["name"],
                    "sequence": stage["sequence"],
                    "team_ids": [(6, 0, list(teams.values()))],
                }
                for stage in self.history["stages"]
            },
        )
        common = self.env["crm.stage"].search([("team_ids", "=", False)])
        stages = {stage["name"]: by_key[_slug(stage["name"])] for stage in self.history["stages"]}
        won = common.filtered("is_won")[:1] or self.env["crm.stage"].create({"name": "Won", "is_won": True})
        first = (common - won).filtered(lambda stage: not stage.is_won)[:1]
        return {**stages, "": first.id, "won": won.id}

    def _accounts(self):
        industries = self._named("res.partner.industry", {account["industry"] for account in self.history["accounts"]})
        partner = self.env["res.partner"]
        sized = "company_size" in partner._fields
        values = {}
        for account in self.history["accounts"]:
            values[account["key"]] = {
                "name": account["name"],
                "is_company": True,
                "industry_id": industries.get(account["industry"], False),
                "country_id": self._country(account, self.history["account_country"]),
            }
            if sized and account["employees"] is not None:
                values[account["key"]]["company_size"] = company_size(account["employees"])
        return self._make("res.partner", values)

    def _write_leads(self, leads, known):
        records = self.env["crm.lead"].create([self._lead_values(lead, known) for lead in leads])
        self._remember("crm.lead", {lead["key"]: record for lead, record in zip(leads, records, strict=True)})
        records.flush_recordset()
        self.env.cr.execute_values(
            "UPDATE crm_lead SET create_date = dated.created::timestamp"
            " FROM (VALUES %s) AS dated(id, created) WHERE crm_lead.id = dated.id",
            [(record.id, lead["created"]) for lead, record in zip(leads, records, strict=True)],
            page_size=BATCH,
        )
        records.invalidate_recordset(["create_date"], flush=False)
        for name in ("day_open", "day_close"):
            self.env.add_to_compute(records._fields[name], records)
        self.env.flush_all()
        self._age(records)
        self.env.invalidate_all()

    def _age(self, records):
        """Last written when the history says that something happened last."""
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = COALESCE(date_closed, create_date) WHERE id IN %s",
            [records._ids],
        )

    def _lead_values(self, lead, known):
        won, lost = lead["outcome"] == "won", lead["outcome"] == "lost"
        values = {
            "name": lead["name"],
            "type": "opportunity",
            "active": not lost,
            "user_id": known["user"].get(lead["user"], False),
            "team_id": known["team"].get(lead["team"], False),
            "partner_id": known["account"].get(lead["account"], False),
            "stage_id": known["stage"]["won" if won else lead["stage"]],
            "source_id": known["source"].get(lead["source"], False),
            "medium_id": known["medium"].get(lead["medium"], False),
            "campaign_id": known["campaign"].get(lead["campaign"], False),
            "date_closed": lead["closed"],
            "date_last_stage_update": lead["closed"] if won else lead["created"],
            "date_open": lead["created"] if lead["user"] else False,
            "expected_revenue": lead["revenue"],
            "tag_ids": [(6, 0, [known["tag"][tag] for tag in lead["tags"]])],
        }
        if won or lost:
            values["probability"] = 100 if won else 0
        if lead["properties"]:
            values["lead_properties"] = dict(lead["properties"])
        if lead["country"]:
            values["country_id"] = self._country(lead, self.history["lead_country"])
        if lead["city"]:
            values["city"] = lead["city"]
        return values

    def _scoring_since(self, day):
        """The day from which on stock's scoring counts leads, before it is changed to `day`; empty where it is off."""
        parameters = self.env["ir.config_parameter"].sudo()
        since = parameters.get_param("crm.pls_start_date") or ""
        if since:
            parameters.set_param("crm.pls_start_date", day)
        return since

    def _score(self, since):
        """Count and score with stock's own job, and the money that it forgets."""
        if not since:
            return
        self.env["ir.config_parameter"].sudo().set_param("crm.pls_start_date", since)
        lead = self.env["crm.lead"]
        lead._cron_update_automated_probabilities()
        self.env.invalidate_all()
        waiting = lead.browse(self._present("crm.lead").values()).filtered(lambda one: one.won_status == "pending")
        if waiting:
            self.env.add_to_compute(lead._fields["prorated_revenue"], waiting)
            self.env.flush_all()
            self._age(waiting)

    def _country(self, record, place):
        name = record["country"]
        if not name:
            return False
        if name.casefold() not in self._countries:
            file, column = place
            self.unknown.append(
                {
                    "file": file,
                    "row": record["row"],
                    "column": column,
                    "text": f"no country is called {name!r}; left empty",
                }
            )
        return self._countries.get(name.casefold(), False)

    def _named(self, model, names):
        """{name: id} of records that everyone shares and that are known by their name alone."""
        field = "title" if model == "utm.campaign" else "name"
        names = sorted(filter(None, names))
        found = {record[field]: record.id for record in self.env[model].search([(field, "in", names)], order="id desc")}
        missing = [name for name in names if name not in found]
        made = self.env[model].create([{field: name} for name in missing])
        return {**found, **dict(zip(missing, made.ids, strict=True))}

    def _make(self, model, values_by_key):
        """{key: id}, made where the history's record isn't there yet."""
        present = self._present(model)
        missing = [key for key in values_by_key if key not in present]
        made = self.env[model].create([values_by_key[key] for key in missing])
        self._remember(model, dict(zip(missing, made, strict=True)))
        return {**present, **dict(zip(missing, made.ids, strict=True))}

    def _present(self, model):
        prefix = self._prefix(model)
        self.env.cr.execute(
            "SELECT substr(name, %s), res_id FROM ir_model_data WHERE module = %s AND model = %s"
            " AND starts_with(name, %s)",
            [len(prefix) + 1, MODULE, model, prefix],
        )
        return dict(self.env.cr.fetchall())

    def _remember(self, model, records):
        prefix = self._prefix(model)
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": f"{MODULE}.{prefix}{key}", "record": record, "noupdate": True}
                for key, record in records.items()
            ]
        )

    def _prefix(self, model):
        return f"{self.history['name']}_{_slug(model)}_"


def _slug(name):
    return name.casefold().replace(".", "_").replace(" ", "_")
