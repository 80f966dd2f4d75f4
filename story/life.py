"""The life of one enquiry from first word to decision, whatever day it is told on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from story import words
from story.cast import Channel
from story.companies import Company
from story.events import Clock, Done, Meeting, Message, Move

STEPS = ("enquiry", "assignment", "reply", "answer", "qualification", "call", "show", "quote", "follow_up", "bargain")


@dataclass(frozen=True)
class Setting:
    """All that is settled before a life is told. `stop`: the last step before the decision."""

    company: Company
    channel: Channel
    product: str
    revenue: int
    created: datetime
    quick: bool = False
    brochure: bool = False
    pace: float = 1.0
    outcome: str = "won"
    reason: str = ""
    stop: str = "bargain"
    opening: str = ""


class Life:
    """Tells the steps in order and remembers the days that count."""

    def __init__(self, rng: Random, setting: Setting):
        self.rng, self.setting = rng, setting
        self.clock = Clock(rng, setting.created)
        self.created = self.clock.now
        self.assigned = self.converted = self.closed = None
        self.events = []
        for step in STEPS[: STEPS.index(setting.stop) + 1]:
            getattr(self, f"_{step}")()
        if setting.outcome in ("won", "lost"):
            self._decision()

    def until(self, now):
        """The life as it stands at that moment: what comes later hasn't happened."""
        self.events = [event for event in self.events if event.at < now]
        for day in ("assigned", "converted", "closed"):
            if getattr(self, day) and getattr(self, day) >= now:
                setattr(self, day, None)
        return self

    @property
    def depth(self):
        return max((event.depth for event in self.events if isinstance(event, Move)), default=0.0)

    def _enquiry(self):
        setting = self.setting
        if setting.brochure:
            self._write("note", words.BROCHURE)
            self.clock.after(0.3)
        if setting.opening or setting.channel.key != "cold":
            self._write("customer", setting.opening or self.rng.choice(words.ENQUIRIES), subject=setting.product)

    def _assignment(self):
        self.assigned = self.clock.after(self.rng.choice((0.5, 2, 5, 20)))

    def _reply(self):
        self.clock.after(self.rng.choice((0.5, 1, 3, 8)))
        self._write("owner", self.rng.choice(words.REPLIES), answers=True)

    def _answer(self):
        self.clock.after(self.rng.uniform(0.5, 3) if self.setting.quick else self.rng.uniform(40, 130))
        texts = words.QUICK_ANSWERS if self.setting.quick else words.SLOW_ANSWERS
        self._write("customer", self.rng.choice(texts), answers=True)

    def _qualification(self):
        self.converted = self.clock.after(4)
        self.events.append(Move(self.converted, 0.25))

    def _call(self):
        at = self.clock.after(40 * self.setting.pace)
        self._finish(at, "call", words.CALL, words.CALL_NOTES)
        self.events.append(Move(self.clock.after(0.1), 0.4))

    def _show(self):
        setting = self.setting
        made = self.clock.after(1)
        start = self.clock.after(80 * setting.pace).replace(minute=0)
        start = max(start, made + timedelta(hours=1))
        self.events.append(Meeting(made, start, 1.0, f"{setting.product}: {setting.company.contact}"))
        end = self.clock.after(1.2)
        self._finish(end, "meeting", words.SHOW, words.MEETING_NOTES)
        self.events.append(Move(end + timedelta(minutes=2), 0.5))

    def _quote(self):
        at = self.clock.after(85 * self.setting.pace)
        self._finish(at, "todo", words.QUOTE, ("",))
        self.clock.after(0.1)
        self._write("owner", self.rng.choice(words.QUOTES), subject=f"Quotation: {self.setting.product}")
        self.events.append(Move(self.clock.after(0.05), 0.75))

    def _follow_up(self):
        self._finish(self.clock.after(70 * self.setting.pace), "call", words.FOLLOW_UP, words.FOLLOW_UP_NOTES)

    def _bargain(self):
        self.clock.after(50 * self.setting.pace)
        pick = self.rng.randrange(len(words.QUESTIONS))
        self._write("customer", words.QUESTIONS[pick], answers=True)
        self.events.append(Move(self.clock.after(0.2), 0.85))
        self.clock.after(6)
        self._write("owner", words.ANSWERS[pick], answers=True)

    def _decision(self):
        setting = self.setting
        self.clock.after(70 * setting.pace)
        if setting.outcome == "won":
            self._write("customer", self.rng.choice(words.YES), answers=True)
        elif setting.reason in words.NO:
            self._write("customer", words.NO[setting.reason], answers=True)
        self.closed = self.clock.after(2)
        if setting.outcome == "won":
            self.converted = self.converted or self.closed
            self.events.append(Move(self.closed, 1.0))

    def _write(self, by, text, subject="", answers=False):
        setting = self.setting
        subject = f"Re: {setting.product}" if answers else subject
        body = words.fill(text, setting.company, setting.product, setting.revenue)
        self.events.append(Message(self.clock.now, by, subject, body))

    def _finish(self, at, kind, summary, notes):
        fill = (self.setting.company, self.setting.product)
        note = self.rng.choice(notes)
        self.events.append(Done(at, kind, words.fill(summary, *fill), words.fill(note, *fill)))
