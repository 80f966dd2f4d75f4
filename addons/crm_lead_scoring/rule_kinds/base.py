class RuleKind:
    """One kind of scoring rule: what counts as a hit. Stateless, one object for all rules of the kind.

    :param label: words for people (a lazy translation)
    :param help: one sentence on what it counts (a lazy translation)
    :param events: kinds of events after which a lead is scored anew
    """

    conditions = ()  # names of the rule's fields that this kind goes by
    counts_hits = False  # whether there can be several on one lead

    def __init__(self, label, help, events=()):
        self.label = label
        self.help = help
        self.events = frozenset(events)

    def is_offered(self, env):
        """Whether rules of this kind can be made here."""
        return self.events <= set(env["crm.lead.event"]._event_kinds())

    def lacking(self, env):
        """What is missing for it to work, in plain words; empty when nothing is."""
        if self.is_offered(env):
            return ""
        return env._("The app that records this was removed, so the rule gives no points.")

    def fields(self, env, rule):
        """Names of the fields of the lead whose change may change the hits."""
        return frozenset()

    def words(self, env, rule):
        """The rule's condition in words.

        :param rule: crm.scoring.rule record
        """
        return str(self.help)

    def hits(self, env, rule, ids):
        """The hits on these leads, as `SELECT rule, lead, moment, mark`.

        :param env: that of the system, which sees all leads
        :param Rule rule: frozen
        :param list ids: of leads
        :return: SQL; moment is naive UTC; `mark` is a text for `counts`, or NULL
        """
        raise NotImplementedError

    def probe(self, env, rule):
        """What has to be understood for `hits` to work; None where nothing can break.

        :return: SQL, never run, only planned
        """
        return None

    def counts(self, rule, mark):
        """Last word on a hit, where SQL can't have it."""
        return True
