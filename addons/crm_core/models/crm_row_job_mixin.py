from odoo import api, models, modules


class CrmRowJobMixin(models.AbstractModel):
    """A job that does one row after the other, each in a transaction with what says that it is done: what is killed
    goes on there, and nothing is done twice."""

    _name = "crm.row.job.mixin"
    _description = "Job That Does Row by Row"

    @api.model
    def _work_off(self, rows):
        """Let each of these records `_go_on`, as long as there is time."""
        for place, row_id in enumerate(rows.ids, 1):
            rows.browse(row_id)._go_on()
            if not self._commit(1, len(rows) - place):
                break
            self.env.invalidate_all()

    @api.model
    def _commit(self, processed, remaining=0):
        """:return: seconds left, false where time is up"""
        if modules.module.current_test:
            self.env.flush_all()
            return True
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining)
