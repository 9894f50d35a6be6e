"""Words that stand for somebody in the talk: about the right one, or asked back."""

from pathlib import Path

from bot.texts.telegram import languages
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.test_flows import covered, labels, press
from tests.telegram.world import Person

VI = languages()["vi"]


def test_a_pronoun_is_about_whom_the_talk_named(server: Loopback, tmp_path: Path) -> None:
    """It is spelled out and said, also with another question in between; a reply leans on its answer."""
    lan = Person(5)
    with BotProcess(server, tmp_path):
        server.answer_to(server.says(lan, "Jens Stoltenberg tuyên bố bế mạc gì?"))
        server.answer_to(server.says(lan, "Na Uy viện trợ 7 tỷ USD cho ai?"))
        answer = server.answer_to(server.says(lan, "ông ấy bế mạc Hội nghị tại Washington ngày nào?"))
        wanted = "Jens Stoltenberg bế mạc Hội nghị tại Washington ngày nào?"
        assert VI.understood.format(question=wanted) in covered(answer, "italic")
        assert covered(answer, "blockquote")[0].startswith("Ngày 11/7")


def test_who_is_meant_is_asked_back(server: Loopback, tmp_path: Path) -> None:
    """Without a name in the talk, or with two, nothing is quoted; a button asks about the one chosen."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        first = server.answer_to(server.says(Person(6), "ông ấy nói gì về Ukraine?"))
        assert (first["text"], labels(first)) == (VI.who_is_meant, [])
        server.answer_to(server.says(lan, "Olaf Scholz gặp Jens Stoltenberg ở đâu?"))
        back = server.answer_to(server.says(lan, "ông ấy tuyên bố bế mạc gì tại Washington?"))
        assert back["text"] == VI.who_is_meant
        choices = labels(back)
        assert [choice.split(" tuyên")[0] for choice in choices] == ["Olaf Scholz", "Jens Stoltenberg"]
        press(bot, lan, back, choices[1])
        bot.until(lambda: "Ngày 11/7" in server.now(back)["text"])
        assert covered(server.now(back), "blockquote")[0].startswith("Ngày 11/7")


def test_without_a_collection_it_is_said(server: Loopback, tmp_path: Path) -> None:
    """A question that points back to one of an earlier run is answered by a sentence, not by silence."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        server.answer_to(server.says(lan, "Ai tuyên bố bế mạc Hội nghị tại Washington?"))
        bot.stop()
        (tmp_path / "CURRENT").write_text("bad\n")
        bot.start()
        said = server.answer_to(server.says(lan, "ông ấy tuyên bố gì?"))["text"]
        assert said in (VI.no_collection, VI.who_is_meant)
