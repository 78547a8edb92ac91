"""What is said: the turns of a conference, and which of them answer which."""

from __future__ import annotations

from typing import Any

from .data import load, topics, words
from .draw import Draw
from .model import Exchange, Person, Slot, Turn, Voice


class Dialogue:
    """Builds the turns one after the other and keeps count of the exchanges."""

    def __init__(
        self, slot: Slot, topic: Any, host: Person | None, guests: tuple[Person, ...], draw: Draw, title: str, year: int
    ) -> None:
        self._slot, self._topic, self._draw = slot, topic, draw
        self._title, self._year = title, year
        self._host = Voice("host", host) if host else None
        self._officials = [Voice("official", guest) for guest in guests]
        self._minute = 605
        self.turns: list[Turn] = []
        self.exchanges: list[Exchange] = []

    def written(self) -> Dialogue:
        """The whole conference, from greeting to farewell."""
        said = self._slot.form == "said" or self._slot.reporter == "wen"
        if not said:
            self._opening()
            self._statement()
            self._walk_in()
            self._say(self._host, self._phrase("thanks"))
        self._questions()
        if not said:
            self._closing()
        return self

    def _phrase(self, key: str, name: str = "") -> str:
        """A set phrase of the host with its places filled."""
        people = [v.person for v in self._officials if v.person]
        text = str(self._draw.pick(words()[key]))
        part = "下午" if self._slot.event == "afternoon" else "上午"
        guests = "，".join(p.post + p.name for p in people)
        values = {"part": part, "title": self._title, "guests": guests, "first": people[0].name, "name": name}
        for key_, value in {**values, "year": str(self._year)}.items():
            text = text.replace("{" + key_ + "}", value)
        return text

    def _say(self, voice: Voice | None, *parts: str) -> tuple[int, ...]:
        """One turn, or one for each part where the page labels every paragraph."""
        if voice is None:
            return ()
        first = len(self.turns)
        texts = tuple(
            self._draw.figures(p).replace("{y}", str(self._year)).replace("{p}", str(self._year - 1)) for p in parts
        )
        together = self._slot.flow in {"flow", "alone", "break"}
        for group in [texts] if together else [(text,) for text in texts]:
            self.turns.append(Turn(voice, group, self._clock(), self._slot.flow == "break" and len(group) > 1))
        return tuple(range(first, len(self.turns)))

    def _clock(self) -> str | None:
        if self._slot.flow != "timed":
            return None
        self._minute += self._draw.between(0, 2)
        return f"{self._minute // 60:02d}:{self._minute % 60:02d}"

    def _opening(self) -> None:
        self._say(self._host, self._phrase("openings"), self._phrase("introductions"))

    def _statement(self) -> None:
        texts = list(self._topic["statements"])
        room = max(2, self._slot.length // 3)
        kept = [texts[0], *self._draw.some(texts[1:], room - 1)]
        if "counties" in self._slot.traps:
            kept.append(words()["counties"])
        kept += [words()[trap] for trap in ("reported", "heading") if trap in self._slot.traps]
        self._say(self._officials[0], self._greeting() + kept[0], *kept[1:])

    def _greeting(self) -> str:
        return str(self._draw.pick(["谢谢主持人。", "大家好。", "各位记者朋友，大家好！", ""]))

    def _walk_in(self) -> None:
        """Somebody speaks who is on no guest list."""
        if "walk_in" not in self._slot.traps:
            return
        self._say(self._host, words()["walk_in_call"])
        self._say(Voice("unknown", Person("卜海生", "", ("桥吊司机",))), words()["walk_in"])

    def _questions(self) -> None:
        for count, question in enumerate(self._pool()):
            if len(self.turns) >= self._slot.length and count >= 2:
                break
            self._exchange(question, count)
        if "interpreter" in self._slot.traps:
            self._foreign()
        if "host_answers" in self._slot.traps:
            self._host_answers()
        if "unanswered" in self._slot.traps:
            question_at = self._ask(words()["unanswered"], 3)
            self.exchanges.append(Exchange(question_at, ()))

    def _pool(self) -> list[Any]:
        """The topic's questions first, then those of other topics, each put to who is there."""
        own = self._draw.mixed(self._topic["questions"])
        others = [t for t in topics() if t != self._slot.topic]
        start = self._draw.below(len(others))
        more = [q for t in others[start:] + others[:start] for q in self._general(t)]
        return own + more

    def _general(self, topic: str) -> list[Any]:
        """Two questions of another topic that can be asked anywhere."""
        return self._draw.some([q for q in load(topic)["questions"] if not q.get("own")], 2)

    def _exchange(self, question: Any, count: int) -> None:
        official = self._officials[min(question.get("by", 0), len(self._officials) - 1)]
        name = official.person.name if official.person else ""
        if count % 4 == 3:
            self._say(self._host, self._phrase("nexts"))
        asked = self._ask(question["ask"], count)
        if count % 3 == 1:
            self._say(self._host, self._phrase("handovers", name))
        answers = list(question["answers"])
        if "quotation" in self._slot.traps and count == 0:
            answers += words()["quotation"]
        answered = self._say(official, *answers)
        if "supplement" in self._slot.traps and count == 0:
            answered += self._supplement()
        self.exchanges.append(Exchange(asked, answered))

    def _supplement(self) -> tuple[int, ...]:
        """The host asks the other guest for more: the exchange goes on."""
        other = self._officials[-1]
        self._say(self._host, self._phrase("more", other.person.name if other.person else ""))
        return self._say(other, words()["supplement"])

    def _ask(self, text: str, count: int, outlet: str | None = None) -> tuple[int, ...]:
        """A question. Every fifth reporter who stands behind a bare label names no outlet."""
        style = self._slot.reporter
        outlet = outlet or str(self._draw.pick(words()["outlets"]))
        greeting, known = "", None
        if style in {"plain", "asked", "media"} and count % 5 != 4:
            greeting, known = str(self._draw.pick(words()["greetings"])).replace("{outlet}", outlet), outlet
        elif style in {"outlet", "paren", "named"}:
            known = outlet
        person = Person(_reporter(outlet), outlet, ()) if style == "named" else None
        return self._say(Voice("reporter", person, known), greeting + text)

    def _foreign(self) -> None:
        asked = self._ask(words()["foreign_ask"], 0, str(self._draw.pick(words()["foreign"])))
        answered = self._say(self._officials[0], words()["foreign_answer"])
        answered += self._say(Voice("interpreter"), words()["interpreter"])
        self.exchanges.append(Exchange(asked, answered))

    def _host_answers(self) -> None:
        asked = self._ask(words()["host_question"], 1)
        self.exchanges.append(Exchange(asked, self._say(self._host, words()["host_answer"])))
        self._ask_last()

    def _ask_last(self) -> None:
        """One more ordinary question, so that the host's answer stands between two."""
        question = load("stations")["questions"][1]
        asked = self._ask(question["ask"], 2)
        self.exchanges.append(Exchange(asked, self._say(self._officials[0], *question["answers"])))

    def _closing(self) -> None:
        if "unanswered" in self._slot.traps:
            self._say(self._host, words()["unanswered_close"])
            return
        self._say(self._host, self._phrase("closings"))


def _reporter(outlet: str) -> str:
    """Each outlet sends the same reporter."""
    known = words()["outlets"]
    return str(words()["reporters"][known.index(outlet) if outlet in known else 0])
