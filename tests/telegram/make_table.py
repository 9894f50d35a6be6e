"""Write `bot_api.json`, the small table of the Bot API that the loopback server checks against.

    python -m tests.telegram.make_table api.json

`api.json` is the Bot API as data, as github.com/PaulSonOfLars/telegram-bot-api-spec publishes it (MIT).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

METHODS = (
    "getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "sendMessage", "editMessageText",
    "editMessageReplyMarkup", "deleteMessage", "answerCallbackQuery", "answerInlineQuery", "sendChatAction",
    "setMyCommands", "setMyDescription", "setMyShortDescription", "getFile", "setMessageReaction",
)  # fmt: skip
TYPES = (
    "MessageEntity", "User", "LinkPreviewOptions", "ReplyParameters", "InlineKeyboardMarkup",
    "InlineKeyboardButton", "CopyTextButton", "InlineQueryResultsButton", "InlineQueryResultArticle",
    "InputTextMessageContent", "BotCommand", "BotCommandScopeDefault", "BotCommandScopeAllPrivateChats",
    "BotCommandScopeAllGroupChats", "BotCommandScopeAllChatAdministrators", "BotCommandScopeChat",
    "ReactionTypeEmoji",
)  # fmt: skip
RANGE = re.compile(r"\b(\d+)-(\d+) (characters|bytes)")
ONE_OF_EMOJI = re.compile(r"[“\"]([^\w\s“”\"]+)[”\"]")
ONE_OF = re.compile(r"[“\"]([a-z_]+)[”\"]")


def field(data: dict[str, Any]) -> dict[str, Any]:
    """Keep of one parameter what a server can check."""
    entry: dict[str, Any] = {"types": data["types"], "required": data["required"]}
    found = RANGE.search(data["description"])
    if found and "String" in data["types"]:
        entry["range"] = [int(found[1]), int(found[2]), found[3]]
    return entry


def table(api: dict[str, Any]) -> dict[str, Any]:
    """Reduce the whole specification to the methods and types that the bot uses."""
    return {
        "version": api["version"],
        "methods": {
            name: {entry["name"]: field(entry) for entry in api["methods"][name].get("fields", [])}
            for name in METHODS
        },
        "types": {
            name: {entry["name"]: field(entry) for entry in api["types"][name].get("fields", [])}
            for name in TYPES
        },
        "reactions": ONE_OF_EMOJI.findall(api["types"]["ReactionTypeEmoji"]["fields"][1]["description"]),
        "message": [entry["name"] for entry in api["types"]["Message"]["fields"]],
        "entities": ONE_OF.findall(api["types"]["MessageEntity"]["fields"][0]["description"]),
    }


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    target = Path(__file__).with_name("bot_api.json")
    target.write_text(json.dumps(table(source), indent=1, ensure_ascii=False) + "\n", "utf-8")
