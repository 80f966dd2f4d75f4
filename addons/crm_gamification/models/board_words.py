from odoo.tools import format_amount, formatLang


class BoardWords:
    """What a board says of figures, for one reader: equal figures are put into words once."""

    def __init__(self, challenge):
        self.env = challenge.env
        self.lines = {line.id: line.definition_id for line in challenge.line_ids}
        self.amounts = {key for key, definition in self.lines.items() if definition._is_amount()}
        self.opening = {key for key, definition in self.lines.items() if definition._opens_leads()}
        self.names = {key: definition.name for key, definition in self.lines.items()}
        self.suffixes = {key: definition.suffix for key, definition in self.lines.items()}
        self.currency = self.env.company.currency_id
        self.known = {}

    def single(self, standing, with_amounts):
        """The tally whose value says all, where there is a single one and the reader may see its value."""
        if len(standing.tallies) != 1:
            return None
        tally = standing.tallies[0]
        return tally if with_amounts or tally.line not in self.amounts else None

    def number(self, line, value):
        key = line, value
        if key not in self.known:
            if line in self.amounts:
                self.known[key] = format_amount(self.env, round(value), self.currency, trailing_zeroes=False)
            else:
                self.known[key] = formatLang(self.env, value, digits=0 if float(value).is_integer() else 1)
        return self.known[key]

    def value(self, line, value):
        if value is None:
            return "–"
        number, suffix = self.number(line, value), self.suffixes[line]
        return f"{number} {suffix}" if suffix else number

    def points(self, percent):
        points = round(percent)
        if points not in self.known:
            self.known[points] = (
                self.env._("1 point") if points == 1 else self.env._("%(points)s points", points=points)
            )
        return self.known[points]

    def gap(self, standing, with_amounts):
        """What is missing to draw level with the next one ahead."""
        if standing.gap is None:
            return ""
        tally = self.single(standing, with_amounts)
        if tally and standing.gap_value is not None:
            return self.number(tally.line, standing.gap_value)
        return self.points(standing.gap) if standing.gap >= 0.5 else ""

    def trend(self, standing, with_amounts):
        """{way, text} against the same point of the period before."""
        if standing.gain is None:
            return False
        change = round(standing.gain)
        tally = self.single(standing, with_amounts)
        if tally:
            change = (tally.value or 0.0) - tally.earlier
        if not change:
            return {"way": "same", "text": self.env._("As before")} if standing.place else False
        told = self.number(tally.line, abs(change)) if tally else self.points(abs(change))
        return {"way": "up" if standing.gain > 0 else "down", "text": f"{'+' if change > 0 else '−'}{told}"}
