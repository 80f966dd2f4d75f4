from odoo.tests import tagged

from .test_event_erasure import GoneContactCase


@tagged("post_install", "-at_install")
class TestContactMerging(GoneContactCase):
    """What merged contacts did, the one that stays did: a job says so in the log."""

    def merge(self, *partners, into):
        self.env["base.partner.merge.automatic.wizard"]._merge([partner.id for partner in partners], into)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def acted(self):
        """Who acted, and whether the event still says from what it was told."""
        return [(actor, bool(model)) for actor, model, _res_id in self.actors()]

    def test_merged(self):
        """The job gives the events of both to the one that stays, and leaves the others."""
        self.tell_of(self.anna, self.berta, self.carl)
        self.merge(self.anna, self.berta, into=self.anna)
        self.job("erasure")
        self.assertEqual(
            self.actors(),
            [
                (self.anna.id, "mail.message", 1),
                (self.anna.id, "mail.message", 2),
                (self.carl.id, "mail.message", 3),
            ],
        )
        self.assertFalse(self.env["crm.lead.event.erasure"].search([]), "nothing is left to do")

    def test_merging_is_cheap(self):
        """Merging does not go over the log: the job does."""
        self.tell_of(self.anna, self.berta)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.assertCheap(lambda: wizard._merge((self.anna | self.berta).ids, self.anna))

    def test_into_one_who_is_deleted(self):
        """Merged, and then the one that stayed is deleted before the job came: both are taken out."""
        self.tell_of(self.anna, self.berta, self.carl)
        self.merge(self.anna, self.berta, into=self.anna)
        self.anna.unlink()
        self.job("erasure")
        self.assertEqual(self.acted(), [(False, False), (False, False), (self.carl.id, True)])

    def test_into_one_who_is_merged(self):
        """Merged twice before the job came: all is the last one's."""
        self.tell_of(self.anna, self.berta, self.carl)
        self.merge(self.anna, self.berta, into=self.berta)
        self.merge(self.berta, self.carl, into=self.carl)
        self.job("erasure")
        self.assertEqual(self.acted(), [(self.carl.id, True)] * 3)

    def test_half_way(self):
        """The one that stayed goes while the job is half way: what became his already goes with him."""
        for is_committed in (False, True):
            for last in ("deleted", "merged"):
                with self.subTest(committed=is_committed, last=last):
                    self.begin_the_log_here()
                    anna, berta, carl = self.env["res.partner"].create([{"name": name} for name in "ABC"])
                    self.tell_of(anna, berta, anna, carl, anna, berta)
                    self.merge(anna, berta, into=berta)
                    self.kill("erasure", is_committed)
                    left = [actor for actor, _is_told in self.acted()].count(anna.id)
                    self.assertEqual(left, 1 if is_committed else 2)
                    if last == "deleted":
                        berta.unlink()
                    else:
                        self.merge(berta, carl, into=carl)
                    self.job("erasure")
                    stays = (carl.id, True) if last == "merged" else (False, False)
                    self.assertEqual(self.acted(), [stays, stays, stays, (carl.id, True), stays, stays])

    def test_timeline_meanwhile(self):
        """Until the job has come the timeline names who stays, and nobody where he was deleted."""
        self.tell_of(self.anna, self.carl)
        self.merge(self.anna, self.berta, into=self.berta)
        lead = self.lead.with_user(self.users["olga"])

        def names():
            events = lead.get_timeline()["events"]
            return [event["actor"] for event in reversed(events) if event["kind"] == "message_in"]

        self.assertEqual(names(), ["Berta", "Carl"])
        self.job("erasure")
        self.assertEqual(names(), ["Berta", "Carl"])
        self.merge(self.berta, self.carl, into=self.carl)
        self.assertEqual(names(), ["Carl", "Carl"])
        self.carl.unlink()
        self.env.invalidate_all()
        self.assertEqual(names(), [False, False])
        self.job("erasure")
        self.assertEqual(names(), [False, False])
