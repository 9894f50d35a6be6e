"""Talking to the bot in private: questions, buttons, edits, follow-ups, commands, languages."""

import json
import re
import time
from pathlib import Path

from bot.citation import LEFT_OUT, LONGEST_SHOWN
from bot.texts.refusals import refusal
from bot.texts.telegram import languages
from retrieval.records import Refusal
from tests.telegram.conftest import OWNER, somebody
from tests.telegram.fake import LONG, WEB
from tests.telegram.process import BotProcess
from tests.telegram.strict import Json
from tests.telegram.world import Person, group

VI, EN = languages()["vi"], languages()["en"]
AID = "Mỹ viện trợ cho Ukraine bao nhiêu?"


def covered(message: Json, *kinds: str) -> list[str]:
    """Read what the entities of these kinds cover."""
    data = message["text"].encode("utf-16-le")
    return [
        data[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", [])
        if e["type"] in kinds
    ]


def labels(message: Json) -> list[str]:
    """Read the texts of a message's buttons."""
    return [
        b["text"]
        for row in message.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
        for b in row
    ]


def press(bot: BotProcess, person: Person, message: Json, label: str) -> Json:
    """Press a button and wait until the press is answered; return what the answer says."""
    query = bot.server.presses(person, message, label)
    (answered,) = bot.server.wait(
        lambda call: call.method == "answerCallbackQuery" and call.params["callback_query_id"] == query
    )
    return answered.params


def settled(bot: BotProcess, message: Json, text: str) -> Json:
    """Wait until a message of the bot holds a text; return it as it is then."""
    bot.until(lambda: text in bot.server.now(message)["text"] or text in labels(bot.server.now(message)))
    return bot.server.now(message)


def test_a_question_is_answered_with_quotes(bot: BotProcess, lan: Person) -> None:
    """The answer quotes byte for byte, cites below, and offers its buttons."""
    asked = bot.server.says(lan, "Hội nghị thượng đỉnh NATO năm 2025 tổ chức ở đâu?")
    answer = bot.server.answer_to(asked)
    assert "reply_to_message" not in answer, "it stands right below the question"
    (quote,) = covered(answer, "blockquote")
    assert quote == "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan."
    assert "Bế mạc hội nghị thượng đỉnh NATO · Tin Tức TTXVN · 12/7/2024" in answer["text"]
    (link,) = [e["url"] for e in answer["entities"] if e["type"] == "text_link"]
    assert link.startswith(f"{WEB}#:~:text=H%E1%BB%99i%20ngh%E1%BB%8B")
    assert "Hội" in covered(answer, "bold")
    assert labels(answer) == [VI.labels[name] for name in ("context", "share", "helpful", "not_helpful")]
    (sent,) = bot.server.wait(lambda c: c.method == "sendMessage" and c.params["chat_id"] == lan.id)
    assert sent.params["link_preview_options"] == {"is_disabled": True}


def test_it_is_clear_which_question_is_answered(bot: BotProcess, lan: Person) -> None:
    """With another message in between, the answer points to its question."""
    first, second = bot.server.says(lan, "ngủ 1 Mỹ viện trợ"), bot.server.says(lan, "Na Uy viện trợ 7 tỷ")
    assert bot.server.answer_to(first)["reply_to_message"]["message_id"] == first["message_id"]
    assert "reply_to_message" not in bot.server.answer_to(first, number=2)
    assert second["message_id"] > first["message_id"]


def test_neighbours_open_and_close_in_place(bot: BotProcess, lan: Person) -> None:
    """The sentences around appear in italics within the quotation, with a link to copy, and go again."""
    answer = bot.server.answer_to(bot.server.says(lan, "Họ cam kết hỗ trợ an ninh mức tối thiểu?"))
    before = bot.server.now(answer)["text"]
    assert "text" not in press(bot, lan, answer, VI.labels["context"])
    opened = settled(bot, answer, "La Haye")
    assert covered(opened, "italic") == [
        "Ngày 11/7, Tổng thư ký Jens Stoltenberg đã tuyên bố bế mạc Hội nghị thượng đỉnh NATO tại "
        "Washington.",
        "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.",
    ]
    rows = opened["reply_markup"]["inline_keyboard"]
    (copy,) = [b["copy_text"]["text"] for row in rows for b in row if "copy_text" in b]
    press(bot, lan, answer, VI.labels["close"])
    bot.until(lambda: bot.server.now(answer)["text"] == before)
    started = bot.server.says(lan, "/start " + copy.split("start=")[1])
    linked = bot.server.answer_to(started)
    quotation = "Họ cam kết hỗ trợ an ninh cho Ukraine với mức tối thiểu là 40 tỷ euro trong năm tới."
    assert covered(linked, "blockquote") == [quotation]


def test_more_results_come_below(bot: BotProcess, lan: Person) -> None:
    """Three quotes first, then the rest; the button goes when there is nothing more."""
    answer = bot.server.answer_to(bot.server.says(lan, "viện trợ Ukraine"))
    assert len(covered(answer, "blockquote")) == 3
    assert VI.labels["more"] in labels(answer)
    press(bot, lan, answer, VI.labels["more"])
    more = settled(bot, answer, "[6]")
    assert len(covered(more, "blockquote")) == 6
    assert "Litva viện trợ xe bọc thép cho Ukraine 🇺🇦." in covered(more, "blockquote")
    assert VI.labels["more"] not in labels(more)


def test_not_in_the_collection(bot: BotProcess, lan: Person) -> None:
    """It says so, what the collection is and how new, and keeps the nearest behind a button."""
    answer = bot.server.answer_to(bot.server.says(lan, "Ukraine viện trợ lúa mì loại nào nhất vậy?"))
    assert VI.not_found in answer["text"]
    assert "12/7/2024" in answer["text"]
    assert covered(answer, "blockquote", "expandable_blockquote") == []
    assert labels(answer)[0] == VI.related
    assert labels(answer)[1:] == [e for e in labels(answer) if e.endswith("?")], "what may be asked instead"
    press(bot, lan, answer, VI.related)
    opened = settled(bot, answer, VI.related_heading)
    assert len(covered(opened, "blockquote")) == 3
    assert VI.labels["helpful"] not in labels(opened)
    lines = [json.loads(line) for line in unanswered(bot).read_text("utf-8").splitlines()]
    (line,) = [line for line in lines if "lúa mì" in line["question"]]
    assert line["kind"] == "nothing"
    assert set(line) == {"at", "kind", "language", "question"}, "no names unless switched on"


def unanswered(bot: BotProcess) -> Path:
    """Name the log of unanswered questions."""
    return bot.data / "telegram" / "unanswered.jsonl"


def test_helpful_or_not(bot: BotProcess, lan: Person, amy: Person) -> None:
    """Who asked may judge; "not helpful" goes to the owner's log once."""
    answer = bot.server.answer_to(bot.server.says(lan, "Na Uy viện trợ bao nhiêu tỷ?"))
    assert press(bot, lan, answer, "👍")["text"] == VI.thanks
    assert press(bot, lan, answer, "👎")["text"] == VI.sorry
    press(bot, lan, answer, "👎")
    lines = unanswered(bot).read_text("utf-8").splitlines()
    assert sum("Na Uy" in line and "not_helpful" in line for line in lines) == 1


def test_an_edited_question_changes_its_answer(bot: BotProcess, lan: Person) -> None:
    """The answer is edited, not sent again; the same text again changes nothing."""
    asked = bot.server.says(lan, "Mỹ viện trợ cho Ukraine")
    answer = bot.server.answer_to(asked)
    bot.server.edits(asked, "Đức viện trợ cho Ukraine")
    bot.until(lambda: covered(bot.server.now(answer), "blockquote")[0].startswith("Đức"))
    bot.server.edits(asked, "Đức viện trợ cho Ukraine")
    time.sleep(0.3)
    assert len(bot.server.sent(lan.id)) == 1


def test_an_edit_may_need_more_messages_or_fewer(bot: BotProcess, lan: Person) -> None:
    """An answer of two messages takes the place of one, and the other way round."""
    asked = bot.server.says(lan, "Na Uy viện trợ 7 tỷ USD")
    bot.server.answer_to(asked)
    bot.server.edits(asked, "Bản báo cáo dài các bên thảo luận")
    second = bot.server.answer_to(asked, number=2)
    first = bot.server.sent(lan.id)[0]
    bot.until(lambda: LEFT_OUT in bot.server.now(first)["text"])
    assert covered(bot.server.now(second), "expandable_blockquote")
    bot.server.edits(asked, "Na Uy viện trợ 7 tỷ")
    bot.until(
        lambda: covered(bot.server.now(first), "blockquote")[:1] == ["Na Uy viện trợ 7 tỷ USD cho Ukraine."]
    )
    bot.server.wait(lambda c: c.method == "deleteMessage" and c.params["message_id"] == second["message_id"])


def test_follow_ups_keep_the_subject(bot: BotProcess, lan: Person) -> None:
    """A question like "còn Đức thì sao?" is spelled out and said; after /new it is what it is."""
    bot.server.answer_to(bot.server.says(lan, "Mỹ viện trợ cho Ukraine"))
    answer = bot.server.answer_to(bot.server.says(lan, "còn Đức thì sao?"))
    assert VI.understood.format(question="Đức viện trợ cho Ukraine") in answer["text"]
    assert covered(answer, "blockquote")[0].startswith("Đức viện trợ 500")
    short = bot.server.answer_to(bot.server.says(lan, "mỹ viện trợ cho ukraine bn v mn"))
    assert VI.understood.format(question="mỹ viện trợ cho ukraine bao nhiêu") in short["text"]
    assert bot.server.answer_to(bot.server.says(lan, "/new"))["text"] == VI.new
    alone = bot.server.answer_to(bot.server.says(lan, "còn Pháp thì sao?"))
    assert "hiểu câu hỏi" not in alone["text"]


def test_a_reply_to_an_answer_takes_its_subject(bot: BotProcess, lan: Person) -> None:
    """A word or two in reply lean on that answer; a whole question does not."""
    answer = bot.server.answer_to(bot.server.says(lan, "Mỹ viện trợ cho Ukraine"))
    reply = bot.server.says(lan, "Pháp?", reply_to_message=answer)
    assert covered(bot.server.answer_to(reply), "blockquote")[0].startswith("Pháp viện trợ 100")
    whole = bot.server.says(lan, "Hội nghị NATO năm 2025 tổ chức ở đâu?", reply_to_message=answer)
    assert "La Haye" in bot.server.answer_to(whole)["text"]
    assert "hiểu câu hỏi" not in bot.server.answer_to(whole)["text"]


def test_start_shows_questions_that_can_be_pressed(bot: BotProcess, lan: Person) -> None:
    """/start says what this is; an example from the collection is answered with its sentence."""
    bot.until(lambda: "the collection is about" in bot.log())
    welcome = bot.server.answer_to(bot.server.says(lan, "/start"))
    assert welcome["text"].startswith(VI.start)
    (example,) = labels(welcome)
    assert example == "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
    press(bot, lan, welcome, example)
    answer = bot.server.answer_to(welcome)
    assert covered(answer, "bold")[0] == example
    assert "La Haye" in covered(answer, "blockquote")[0]


def test_every_command_answers(bot: BotProcess) -> None:
    """Help lists the commands, sources the documents, status the collection; unknown ones help."""

    def says(text: str) -> Json:
        """Let somebody new write: the bot sends each chat one message a second."""
        return bot.server.says(somebody(), text)

    help_text = bot.server.answer_to(says("/help"))["text"]
    assert all(f"/{name} – " in help_text for name in VI.commands)
    assert "/reload" not in help_text
    sources = bot.server.answer_to(says("/sources"))
    assert "• Bế mạc hội nghị thượng đỉnh NATO · Tin Tức TTXVN · 12/7/2024" in sources["text"]
    assert [e["url"] for e in sources["entities"] if e["type"] == "text_link"] == [WEB]
    status = bot.server.answer_to(says("/status"))["text"]
    assert "5 tài liệu, 14 câu" in status
    assert "fake-encoder" not in status
    assert bot.server.answer_to(says("/nonsense"))["text"] == help_text
    assert "/ask " in bot.server.answer_to(says("/ask"))["text"]
    asked = says(f"/ask {AID}")
    assert covered(bot.server.answer_to(asked), "blockquote")[0].startswith("Mỹ")
    assert bot.server.answer_to(says("/reload"))["text"] == VI.owners_only


def test_the_language_is_the_persons_and_can_be_changed(bot: BotProcess, amy: Person) -> None:
    """English Telegram, English bot; /lang changes it for good; quotes stay as they are."""
    assert bot.server.answer_to(bot.server.says(amy, "/start"))["text"].startswith(EN.start)
    chooser = bot.server.answer_to(bot.server.says(amy, "/lang"))
    assert press(bot, amy, chooser, "Tiếng Việt")["text"] == VI.lang_set
    answer = bot.server.answer_to(bot.server.says(amy, "xyzzy"))
    assert VI.not_found in answer["text"]
    assert press(bot, amy, chooser, VI.lang_auto)["text"] == EN.lang_follow
    answer = bot.server.answer_to(bot.server.says(amy, "xyzzy abc"))
    assert EN.not_found in answer["text"]


def test_what_is_no_question_gets_a_sentence(bot: BotProcess, lan: Person) -> None:
    """A photo, an empty question and one that fails each get a sentence; the log has no words of theirs."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    message = bot.server.world.said(lan, "x", photo=photo)
    del message["text"]
    bot.server.push(bot.server.world.update("message", message))
    assert bot.server.answer_to(message)["text"] == VI.only_text
    assert bot.server.answer_to(bot.server.says(somebody(), "rỗng"))["text"] == refusal(Refusal.EMPTY, "vi")
    failed = bot.server.says(somebody(), "hỏng ở đâu Bí-Mật-Của-Lan")
    assert bot.server.answer_to(failed)["text"] == VI.failed
    assert "RuntimeError at fake.py" in bot.log()
    assert "Bí-Mật" not in bot.log()


def test_an_update_that_cannot_be_read_stops_nothing(bot: BotProcess, lan: Person) -> None:
    """A new kind of update, or one that Telegram would not form so, is passed over; the next is answered."""
    world = bot.server.world

    def made_up(**fields: object) -> Json:
        return world.update("message", world.said(lan, "x") | fields)

    nowhere = {"message_id": 1, "from": lan.json()}
    edited = world.said(lan, "x") | {"edit_date": 10**400}
    bot.server.push(
        world.update("message", nowhere),
        world.update("new_kind", {"x": [1]}),
        made_up(**{"from": lan.json() | {"id": [1]}}),
        made_up(**{"from": lan.json() | {"id": 2**70}}),
        made_up(date=10**400),
        made_up(text="\ud800"),
        made_up(chat=[]),
        world.update("edited_message", edited),
        {"message": nowhere},
    )
    asked = bot.server.says(somebody(), f"\ud800 {AID} \udfff")
    assert covered(bot.server.answer_to(asked), "blockquote")
    assert "an update that cannot be read was passed over: KeyError" in bot.log()
    assert "an update without a number that can be kept was passed over" in bot.log()


def test_a_long_answer_is_cut_visibly(bot: BotProcess, lan: Person) -> None:
    """Each of three very long sentences is cut and its citation says so; two messages, the buttons below."""
    asked = bot.server.says(lan, "Bản báo cáo dài các bên thảo luận")
    second = bot.server.answer_to(asked, number=2)
    first, _ = bot.server.sent(lan.id)
    shown = covered(first, "expandable_blockquote") + covered(second, "expandable_blockquote")
    assert len(shown) == len(LONG) == 3
    for part in shown:
        assert part.endswith(f" {LEFT_OUT}")
        assert sum(whole.startswith(part.removesuffix(f" {LEFT_OUT}")) for whole in LONG) == 1
        assert len(part) <= LONGEST_SHOWN + 4
    for whole in LONG:
        assert VI.cut.format(characters=VI.number(len(whole))) in first["text"] + second["text"]
    assert (labels(first), VI.labels["share"] in labels(second)) == ([], True)


def test_tampered_buttons_are_refused(bot: BotProcess, lan: Person, amy: Person) -> None:
    """Data that is not ours, of another chat, or beyond any list does nothing and says so."""
    answer = bot.server.answer_to(bot.server.says(lan, AID))
    other = bot.server.answer_to(bot.server.says(amy, AID))
    good = re.findall(r'"(c:[^"]+)"', json.dumps(answer))[0]
    before = bot.server.now(other)
    for data in (
        "",
        "c",
        "c:x:y",
        "z" * 64,
        "q:AAAAAAAAAA:0",
        good,
        "c:AAAAAAAAAA:0",
        "x:AAAAAAAA:0",
        "l:xx:0",
        "s::99",
        "s::0",
        "l:vi:0",
    ):
        query = bot.server.presses_data(amy, other, data)
        bot.server.wait(
            lambda c, query=query: (
                c.method == "answerCallbackQuery" and c.params["callback_query_id"] == query
            )  # type: ignore[misc]
        )
    beyond = bot.server.presses_data(lan, answer, good[:-1] + "500")
    bot.server.wait(lambda c: c.method == "answerCallbackQuery" and c.params["callback_query_id"] == beyond)
    assert bot.server.now(other) == before


def test_what_was_asked_in_private_stays_out_of_groups(bot: BotProcess, lan: Person) -> None:
    """An owner's /stats in a group is answered in private."""
    club, owner = group(-88), Person(OWNER, "Chủ")
    bot.server.answer_to(bot.server.says(lan, "Bí mật zxcv của riêng Lan?"))
    bot.server.answer_to(bot.server.says(owner, "/help"))
    private = len(bot.server.sent(owner.id))
    asked = bot.server.says(owner, "/stats@trichdan_bot", club)
    assert bot.server.answer_to(asked)["text"] == VI.private_sent
    assert "zxcv" in bot.server.sent(owner.id)[private]["text"]
    assert not any("zxcv" in message["text"] for message in bot.server.sent(club["id"]))


def test_owners_have_their_commands(bot: BotProcess) -> None:
    """/stats shows figures and unanswered questions, /reload says that nothing is new."""
    owner = Person(OWNER, "Chủ")
    bot.server.answer_to(bot.server.says(somebody(), "không có gì về mặt trăng"))
    stats = bot.server.answer_to(bot.server.says(owner, "/stats"))["text"]
    assert "30 ngày qua" in stats
    assert "• không có gì về mặt trăng" in stats
    assert "g1" in bot.server.answer_to(bot.server.says(owner, "/reload"))["text"]
    status = bot.server.answer_to(bot.server.says(owner, "/status"))
    assert "fake-encoder" not in status["text"]
    press(bot, owner, status, VI.details)
    bot.until(lambda: "fake-encoder" in bot.server.now(status)["text"])
    assert "/stats" in bot.server.answer_to(bot.server.says(owner, "/help"))["text"]


def test_the_menus_are_published_in_both_languages(bot: BotProcess) -> None:
    """Commands and descriptions are set per language and scope at the start."""
    calls = bot.server.wait(lambda c: c.method == "setMyCommands" and c.code == 200, count=4)
    seen = {(c.params.get("language_code", ""), c.params["scope"]["type"]) for c in calls}
    assert {
        ("vi", "all_private_chats"),
        ("", "all_private_chats"),
        ("vi", "all_group_chats"),
        ("", "all_group_chats"),
    } <= seen
    bot.server.wait(lambda c: c.method == "setMyDescription", count=2)


def test_the_start_up_line_says_what_an_owner_wants_to_know(bot: BotProcess) -> None:
    """Encoder, collection, newest day, access and mode; never the token."""
    log = bot.log()
    assert (
        "encoder fake-encoder; documents 5, sentences 14, newest 2024-07-12; access: open; polling at" in log
    )
    assert bot.server.token not in log
    assert bot.server.token.split(":")[1] not in log


def test_a_filter_in_front_of_a_question(bot: BotProcess, lan: Person) -> None:
    """Only the outlet that is named is asked, the answer says so, and a follow-up keeps it."""
    server = bot.server
    answer = server.answer_to(server.says(lan, "source:TTXVN viện trợ Ukraine"))
    assert answer["text"].startswith("Chỉ hỏi các tài liệu của “TTXVN”.")
    assert "275 triệu" not in answer["text"]
    follow = server.answer_to(server.says(lan, "còn Đức thì sao?"))
    assert "Chỉ hỏi các tài liệu của “TTXVN”." in follow["text"]
    other = server.answer_to(server.says(somebody(), "/ask viện trợ Ukraine"))
    assert "275 triệu" in other["text"]
