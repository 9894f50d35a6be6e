"""Every field of a message: its words are read, or it is said what can be read, or it is news."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.updates.contents import THINGS, content
from bot.telegram.updates.reading import read
from bot.telegram.updates.values import Me, Moved, Written

ME = Me(7, "trichdan_bot")
FIELDS: list[str] = json.loads((Path(__file__).parents[1] / "bot_api.json").read_text("utf-8"))["message"]
WORDS: dict[str, Any] = {
    "text": "Ai?",
    "caption": "Ai?",
    "poll": {"question": "Ai?", "options": []},
    "checklist": {"title": "Ai?", "tasks": []},
    "rich_message": {"blocks": [{"type": "paragraph", "text": "Ai?"}]},
}
# What people send that has no words of its own, by the name of the field.
SENT = {
    "animation", "audio", "contact", "dice", "document", "game", "giveaway", "invoice", "live_photo",
    "location", "paid_media", "photo", "sticker", "story", "venue", "video", "video_note", "voice",
}  # fmt: skip
# Fields that go with others: who, where, when, in reply to what, how it looks.
BESIDE = {
    "message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count",
    "sender_business_bot", "sender_tag", "date", "guest_query_id", "business_connection_id", "chat",
    "forward_origin", "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply",
    "quote", "reply_to_story", "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot",
    "guest_bot_caller_user", "guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline",
    "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "entities",
    "link_preview_options", "suggested_post_info", "effect_id", "caption_entities",
    "show_caption_above_media", "has_media_spoiler", "reply_markup",
}  # fmt: skip
MOVED = {"migrate_to_chat_id", "migrate_from_chat_id"}
NEWS = set(FIELDS) - set(WORDS) - SENT - BESIDE - MOVED


def update(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make the update of a private message."""
    lan = {"id": 5, "is_bot": False, "first_name": "Lan"}
    return {
        "message": {"message_id": 3, "date": 1000, "chat": {"id": 5, "type": "private"}, "from": lan} | fields
    }


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_a_message(name: str) -> None:
    """Words are a question, a thing is a message without words, news about the chat are nothing to us."""
    if name in BESIDE:
        return
    if name in MOVED:
        assert isinstance(read(update(**{name: -9}), ME), Moved)
        return
    found = read(update(**{name: WORDS.get(name, {"file_id": "f", "title": "x"})}), ME)
    if name in NEWS:
        assert found is None
        return
    assert isinstance(found, Written)
    assert found.text == ("Ai?" if name in WORDS else None)


def test_the_kinds_are_those_of_the_table() -> None:
    """No name is made up, and services such as a pinned message are news."""
    assert set(FIELDS) >= SENT | BESIDE | set(WORDS)
    assert (SENT | {"poll", "checklist", "rich_message"}) == THINGS
    assert {"pinned_message", "new_chat_members", "video_chat_started", "checklist_tasks_done"} <= NEWS


def test_the_words_of_a_rich_message_and_a_checklist() -> None:
    """A line for a block, formatting within it, our name taken out; nothing endless."""
    name = {"type": "mention", "text": "@trichdan_bot", "username": "trichdan_bot"}
    rich = {
        "blocks": [
            {"type": "heading", "text": "Viện trợ", "size": 1},
            {
                "type": "paragraph",
                "text": [name, ", ", {"type": "bold", "text": "Mỹ"}, " viện trợ gì?"],
            },
            {
                "type": "list",
                "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "Ukraine"}]}],
            },
            {"type": "table", "cells": [[{"text": "a", "align": "left", "valign": "top"}, {"text": "b"}]]},
            {"type": "photo", "photo": [{"file_id": "p"}], "caption": {"text": "Ảnh", "credit": "TTXVN"}},
            {"type": "details", "summary": "Thêm", "blocks": [{"type": "footer", "text": "hết"}]},
        ]
    }
    found = content({"rich_message": rich}, ME)
    assert found is not None
    assert found.named
    words = "Viện trợ|, Mỹ viện trợ gì?|1.Ukraine|a|b|Ảnh|TTXVN|Thêm|hết"
    assert found.text.splitlines() == words.split("|")
    tasks = [{"id": 1, "text": "NATO họp ở đâu?"}, {"id": 2, "text": "Khi nào?"}]
    listed = content({"checklist": {"title": "Việc", "tasks": tasks}}, ME)
    assert listed is not None
    assert (listed.text, listed.named) == ("Việc\nNATO họp ở đâu?\nKhi nào?", False)
    deep: Any = "x"
    for _ in range(500):
        deep = {"type": "bold", "text": deep}
    assert content({"rich_message": {"blocks": [{"type": "paragraph", "text": deep}]}}, ME) is None
