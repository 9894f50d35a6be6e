"""Who writes and what counts as written: chats, channels, captions, reactions and late edits."""

from typing import Any

from bot.texts.telegram import languages
from tests.telegram.conftest import OWNER
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import AID, press
from tests.telegram.world import Person, group, incoming_entities

VI = languages()["vi"]
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
PHOTO = [{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9}]


def captioned(server: Loopback, person: Person, caption: str, chat: Json | None = None, **more: Any) -> Json:  # noqa: ANN401
    """Send something with a caption."""
    message = server.world.said(person, "", chat, caption=caption, **more)
    del message["text"]
    if marked := incoming_entities(caption):
        message["caption_entities"] = marked
    server.push(server.world.update("message", message))
    return message


def test_who_writes_for_a_chat_is_answered_by_its_access(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """An anonymous administrator and a member as a channel ask in a listed group, and nowhere else."""
    env = {"TRICHDAN_OWNERS": str(OWNER), "TRICHDAN_ACCESS": "listed", "TRICHDAN_GROUPS": "-100,-300"}
    listed, other, channel = group(-100), group(-200), {"id": -300, "type": "channel", "title": "Kênh"}
    with BotProcess(server, tmp_path, env):
        for sender, sender_chat in ((ANONYMOUS, listed), (AS_CHANNEL, channel)):
            extra = {"from": sender, "sender_chat": sender_chat}
            asked = server.says(Person(5), f"@trichdan_bot {AID}", listed, **extra)
            assert "275 triệu" in server.answer_to(asked)["text"]
        forward = {
            "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
            "sender_chat": channel,
            "is_automatic_forward": True,
        }
        server.says(Person(777000), f"@trichdan_bot {AID}", listed, **forward)
        refused = server.says(
            Person(5), f"@trichdan_bot {AID}", other, **{"from": AS_CHANNEL, "sender_chat": channel}
        )
        told = server.answer_to(refused)["text"].splitlines()[0]
        assert told == VI.not_allowed_group.format(user=-300, chat=-200).splitlines()[0]
        assert len(server.sent(-100)) == 2, "the channel's own forward is not answered"


def test_captions_are_read(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """A photo with a question is answered in private, and in a group by mention and by /ask."""
    lan, chat = Person(5), group(-100)
    video = {"video": {"file_id": "v", "file_unique_id": "u", "width": 9, "height": 9, "duration": 3}}
    gif = {"animation": {"file_id": "g"}, "document": {"file_id": "g", "file_name": "g.mp4"}}
    with BotProcess(server, tmp_path):
        for more in ({"photo": PHOTO}, video, gif):
            assert "275 triệu" in server.answer_to(captioned(server, lan, AID, **more))["text"]
        for caption in (f"@trichdan_bot {AID}", f"/ask {AID}"):
            asked = captioned(server, lan, caption, chat, photo=PHOTO)
            assert "275 triệu" in server.answer_to(asked)["text"]
        captioned(server, lan, AID, chat, photo=PHOTO)
        server.answer_to(server.says(lan, "/help"))
        assert len(server.sent(-100)) == 2, "a caption that calls nobody is not answered"


def test_a_reaction_or_a_late_edit_keeps_to_its_own_talk(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """A follow-up whose text is the same stays; one that is changed goes on with what was asked before it."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        server.answer_to(server.says(lan, "Mỹ viện trợ cho Ukraine bao nhiêu?"))
        follow = server.says(lan, "còn Đức thì sao?")
        answer = server.answer_to(follow)
        assert "Đức viện trợ 500 triệu" in answer["text"]
        server.answer_to(server.says(lan, "Mỹ họp ở Paris"))
        server.edits(follow, "còn Đức thì sao?")
        server.edits(follow, "còn Pháp thì sao?")
        bot.until(lambda: "Pháp viện trợ 100 khẩu pháo" in server.now(answer)["text"])
        server.wait(lambda call: call.method == "editMessageText")
        edits = [call for call in server.calls if call.method == "editMessageText"]
        assert len(edits) == 1, "the same text is no edit"


def test_in_a_group_only_what_happened_is_said(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """Another member's verdict counts nothing and says so; an owner's command of theirs is not answered."""
    lan, minh, chat = Person(5), Person(6), group(-100)
    with BotProcess(server, tmp_path, {"TRICHDAN_OWNERS": str(OWNER)}) as bot:
        answer = server.answer_to(server.says(lan, f"@trichdan_bot {AID}", chat))
        assert press(bot, minh, answer, "👎")["text"] == VI.asker_only
        assert press(bot, lan, answer, "👎")["text"] == VI.sorry
        server.says(minh, "/stats", chat)
        server.says(minh, "/remove x", chat)
        help_ = server.says(minh, "/help", chat)
        assert "/ask" in server.answer_to(help_)["text"]
        assert len(server.sent(-100)) == 2
        named = server.says(minh, "/stats@trichdan_bot", chat)
        assert server.answer_to(named)["text"] == VI.owners_only
        assert server.answer_to(server.says(minh, "/stats"))["text"] == VI.owners_only


def test_a_verdict_says_what_was_kept(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """Where no questions are kept it is counted only, and the same verdict again changes nothing."""
    lan = Person(5)
    with BotProcess(server, tmp_path, {"TRICHDAN_UNANSWERED_DAYS": "0"}) as bot:
        answer = server.answer_to(server.says(lan, AID))
        assert press(bot, lan, answer, "👎")["text"] == VI.sorry_counted
        assert press(bot, lan, answer, "👎")["text"] == VI.rated_already
        assert not (tmp_path / "telegram" / "unanswered.jsonl").exists()


def test_naming_the_bot_below_a_question_answers_it(server: Loopback, tmp_path: Any) -> None:  # noqa: ANN401
    """A bare mention or /ask in reply takes the question above, or the part of it that was chosen."""
    lan, minh, chat = Person(5), Person(6), group(-100)
    with BotProcess(server, tmp_path):
        question = server.says(lan, f"Các bác ơi {AID} Na Uy viện trợ 7 tỷ USD cho ai?", chat)
        part = {"text": "Na Uy viện trợ 7 tỷ", "position": 40, "is_manual": True}
        for words in ("@trichdan_bot", "/ask", "/ask@trichdan_bot"):
            asked = server.says(minh, words, chat, reply_to_message=question)
            assert "275 triệu" in server.answer_to(asked)["text"]
        asked = server.says(minh, "@trichdan_bot", chat, reply_to_message=question, quote=part)
        (first, *_) = server.answer_to(asked)["text"].splitlines()
        assert first.startswith("Na Uy viện trợ 7")
        own = server.says(minh, "/ask Đức viện trợ bao nhiêu cho Ukraine", chat, reply_to_message=question)
        assert "Đức viện trợ 500" in server.answer_to(own)["text"]
