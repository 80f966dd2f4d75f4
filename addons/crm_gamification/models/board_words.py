from odoo.tools import format_amount, formatLang


class BoardWords:
    """What a board says of figures: equal figures are put into words once."""

    def __init__(self, env, lines):
        """lines: {id: `board.sheet.Line`}"""
        self.env = env
        self.lines = lines
        self.known = {}

    def single(self, standing, with_amounts):
        """The tally whose value says all, where there is a single one and the reader may see its value."""
        if len(standing.tallies) != 1:
            return None
        tally = standing.tallies[0]
        return tally if with_amounts or not self.lines[tally.line].is_amount else None

    def number(self, line, value):
        key = line, value
        if key not in self.known:
            if self.lines[line].is_amount:
                self.known[key] = format_amount(
                    self.env, round(value), self.env.company.currency_id, trailing_zeroes=False
                )
            else:
                self.known[key] = formatLang(self.env, value, digits=0 if float(value).is_integer() else 1)
        return self.known[key]

    def value(self, line, value):
        if value is None:
            return "–"
        number, unit = self.number(line, value), self.lines[line].unit_for(value)
        return f"{number} {unit}" if unit else number

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
