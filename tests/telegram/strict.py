"""What the loopback server refuses: wrong methods, parameters, lengths, entities and keyboards.

Every function that refuses something names its source, and `test_server.py` looks that it does. "Bot API" is
core.telegram.org/bots/api, as data in `bot_api.json`; "Client.cpp" is telegram-bot-api/Client.cpp of
github.com/tdlib/telegram-bot-api; paths that begin with td are of github.com/tdlib/td; names in capitals are
errors that core.telegram.org/method lists for a method of MTProto. Where Telegram would trim, drop or round
silently instead, the server refuses: what was sent is to arrive unchanged.
"""

# ruff: noqa: ANN401 - JSON values have any type
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

Json = dict[str, Any]

TABLE: Json = json.loads(Path(__file__).with_name("bot_api.json").read_text("utf-8"))
SCOPES = {
    "default": "BotCommandScopeDefault",
    "all_private_chats": "BotCommandScopeAllPrivateChats",
    "all_group_chats": "BotCommandScopeAllGroupChats",
    "all_chat_administrators": "BotCommandScopeAllChatAdministrators",
    "chat": "BotCommandScopeChat",
}
UNION = {
    "InputMessageContent": "InputTextMessageContent",
    "InlineQueryResult": "InlineQueryResultArticle",
    "ReactionType": "ReactionTypeEmoji",
}
BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)
QUOTATIONS = {"blockquote", "expandable_blockquote"}


class Refused(Exception):  # noqa: N818 - says what is the case
    """The call is answered with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refused:
    """Make the refusal of a bad request."""
    return Refused(400, f"Bad Request: {description}")


def utf16(text: str) -> int:
    """Count UTF-16 units by encoding, on purpose another way than the program does."""
    return len(text.encode("utf-16-le")) // 2


def check_call(method: str, raw: Json) -> Json:
    """Return the parameters of a call, decoded, or refuse it.

    Bot API: "Making requests", editMessageText, sendChatAction; Client.cpp: 404 for unknown methods (on_cmd),
    50 s for getUpdates at most (LONG_POLL_MAX_TIMEOUT).
    """
    fields = TABLE["methods"].get(method)
    if fields is None:
        raise Refused(404, "Not Found")
    params = _object(method, fields, raw, decode=True)
    if method in ("sendMessage", "editMessageText"):
        _text(params.get("text"), params.get("entities", []), params.get("parse_mode"), "text")
    if method in ("editMessageText", "editMessageReplyMarkup") and not {"chat_id", "message_id"} <= set(
        params
    ):
        raise bad("message identifier is not specified")
    if method == "sendChatAction" and params["action"] != "typing":
        raise bad("wrong parameter action in request")
    if method == "setMessageReaction":
        _reaction(params)
    if method == "setMyCommands":
        _commands(params)
    if method == "answerInlineQuery":
        _inline(params)
    if method == "setWebhook":
        _webhook(params)
    if method == "getUpdates" and not 0 <= params.get("timeout", 0) <= 50:
        raise bad("timeout is out of the range")
    return params


def _value(name: str, entry: Json, value: Any, decode: bool) -> Any:
    """Check one value against the types that are allowed for it: Bot API, each parameter."""
    if decode and isinstance(value, str) and "String" not in entry["types"]:
        value = _decoded(name, value)
    if decode and isinstance(value, str) and "Integer" in entry["types"] and re.fullmatch(r"-?\d+", value):
        value = int(value)
    for kind in entry["types"]:
        if kind == "Integer" and isinstance(value, int) and not isinstance(value, bool):
            return value
        if kind == "Boolean" and isinstance(value, bool):
            return value
        if kind == "String" and isinstance(value, str):
            _range(name, entry, value)
            return value
        if kind.startswith("Array of ") and isinstance(value, list):
            inner = {"types": [kind.removeprefix("Array of ")]}
            return [_value(f"{name}[]", inner, item, decode=False) for item in value]
        if isinstance(value, dict):
            return _typed(name, kind, value)
    raise bad(f"wrong type of {name}: {value!r}, wanted {entry['types']}")


def _decoded(name: str, value: str) -> Any:
    """Read JSON within a form: Client.cpp, "can't parse … JSON object" of its get_… functions."""
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None


def _range(name: str, entry: Json, value: str) -> None:
    """Hold a text to its range: Bot API, "1-64 bytes" and the like in the description of each parameter."""
    low, high, unit = entry.get("range", (0, 1 << 20, "characters"))
    size = len(value.encode()) if unit == "bytes" else utf16(value)
    if not low <= size <= high:
        raise bad(f"{name} has {size} {unit}, allowed are {low} to {high}")


def _typed(name: str, kind: str, value: Json) -> Json:
    """Check an object by its type: Bot API, "Available types"."""
    kind = UNION.get(kind, kind)
    if kind == "BotCommandScope":
        kind = SCOPES.get(str(value.get("type")), "")
    fields = TABLE["types"].get(kind)
    if fields is None:
        raise bad(f"the server does not know the type {kind} of {name}")
    checked = _object(name, fields, value, decode=False)
    if kind == "InlineKeyboardMarkup":
        _keyboard(checked)
    return checked


def _object(name: str, fields: Json, value: Json, *, decode: bool) -> Json:
    """Check fields by Bot API; unknown ones, which Telegram passes over, are a fault of ours."""
    for key in value:
        if key not in fields:
            raise bad(f"{name} has no parameter {key}")
    for key, entry in fields.items():
        if entry["required"] and key not in value:
            raise bad(f"{name}: {key} is missing")
    return {key: _value(key, fields[key], item, decode) for key, item in value.items()}


def _text(text: str | None, entities: list[Json], parse_mode: str | None, name: str) -> None:
    """Hold text and entities to what Telegram delivers unchanged: it would trim, clean or drop the rest.

    td/telegram/MessageEntity.cpp (fix_formatted_text) refuses an empty text and trims white space; Bot API,
    sendMessage: 4,096 characters (MESSAGE_TOO_LONG) and, in "Message limits" of its clients, 100 entities.
    """
    if text is None or not text.strip():
        raise bad("message text is empty")
    if text != text.strip():
        raise bad(f"{name} has white space at an end, which Telegram would cut off")
    if utf16(text) > 4096:
        raise bad("message is too long")
    if parse_mode is not None:
        raise bad("this bot sends entities, no parse_mode")
    if len(entities) > 100:
        raise bad("more than 100 entities, the rest would be dropped")
    # core.telegram.org/method/messages.sendMessage names the error; the bound is what was measured.
    if entity_bytes(entities) > 9_500:
        raise bad("ENTITIES_TOO_LONG")
    check_entities(text, entities)


def _span(entity: Json, starts: set[int]) -> tuple[int, int, str]:
    """Check one entity; return its place and its kind.

    Bot API, MessageEntity: its types, offsets in UTF-16 units, url for text_link only;
    td/telegram/MessageEntity.cpp (fix_entities) drops an empty one and one that cuts a surrogate pair.
    """
    if entity["type"] not in TABLE["entities"]:
        raise bad(f"entity type {entity['type']} is unknown")
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if not start < end or start not in starts or end not in starts:
        raise bad(f"entity {entity} is empty, out of the text, or cuts a surrogate pair")
    if (entity["type"] == "text_link") != ("url" in entity):
        raise bad(f"entity {entity}: url goes with text_link only")
    if "url" in entity and (wrong := wrong_link(entity["url"])):
        raise bad(f"entity URL '{entity['url']}' is invalid: {wrong}")
    return start, end, entity["type"]


def wrong_link(url: str) -> str | None:
    """Return why Telegram takes no such address, or None.

    tdlib, td/telegram/LinkManager.cpp (check_link_impl) after tdutils/td/utils/HttpUrl.cpp (parse_url), which
    td/telegram/MessageEntity.cpp and td/telegram/ReplyMarkup.cpp call; read from the left as they do.
    """
    if url.lower().startswith("tg:"):
        return None
    scheme, mark, rest = url.partition("://")
    if not mark or scheme.lower() not in ("http", "https"):
        return "Unsupported URL protocol"
    place = min((rest.index(mark) for mark in "/?#" if mark in rest), default=len(rest))
    authority = rest[:place]
    head, colon, tail = authority.rpartition(":")
    if colon and head and "]" not in tail and "@" not in tail:
        if not tail.isdigit() or not 0 < int(tail) < 65536:
            return "Wrong port number specified in the URL"
        authority = head
    user, _, host = authority.rpartition("@")
    if host[:1] == "[" and host[-1:] == "]":
        return None if re.fullmatch(r"[0-9a-fA-F:.]+", host[1:-1]) else "Wrong IPv6 URL host"
    if not host:
        return "URL host is empty"
    if any(part and not _plain_part(part, more) for part, more in ((host, ""), (user, ":"))):
        return "Disallowed character in URL host"
    return None if "." in host else "Wrong HTTP URL"


def _plain_part(part: str, more: str) -> bool:
    rest = re.sub("%[0-9a-fA-F]{2}", "", part)
    return all(c.isalnum() or ord(c) > 127 or c in ".-_!$,~*'();&+=" + more for c in rest)


def entity_bytes(entities: list[Json]) -> int:
    """Count what entities take in the encoding of MTProto: core.telegram.org/mtproto/serialize.

    A constructor, an offset and a length are twelve bytes; an address is a string, padded to four.
    """
    total = 0
    for entity in entities:
        size = len(entity.get("url", "").encode())
        total += 12 + ((size + (1 if size < 254 else 4) + 3) // 4 * 4 if size else 0)
    return total


def check_entities(text: str, entities: list[Json]) -> None:
    """Refuse entities out of range, inside a surrogate pair, empty, overlapping, or wrongly nested.

    Bot API, "Formatting options": of two with common characters one holds the other; quotations do not nest.
    """
    starts = {0}
    position = 0
    for character in text:
        position += 2 if ord(character) > 0xFFFF else 1
        starts.add(position)
    spans = [_span(entity, starts) for entity in entities]
    for (start, end, kind), (other_start, other_end, other) in combinations(spans, 2):
        apart = end <= other_start or other_end <= start
        nested = (start <= other_start and other_end <= end) or (other_start <= start and end <= other_end)
        if not apart and not nested:
            raise bad(f"entities {kind} and {other} overlap")
        if not apart and kind in QUOTATIONS and other in QUOTATIONS:
            raise bad("block quotations cannot be nested")


def _keyboard(markup: Json) -> None:
    """Refuse a keyboard: Bot API, InlineKeyboardButton (exactly one action).

    Client.cpp (get_inline_keyboard_button) has the words; that a row takes 8 buttons and a keyboard 100 was
    observed, and is in no source.
    """
    rows = cast("list[list[Json]]", markup["inline_keyboard"])
    if len(rows) > 100 or sum(map(len, rows)) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise bad("reply markup has too many buttons, or an empty row")
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise bad("text buttons are unallowed to be empty")
        if sum(action in button for action in BUTTON_ACTIONS) != 1:
            raise bad(f"button {button} must have exactly one action")
        if "url" in button and (wrong := wrong_link(button["url"])):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: {wrong}")


def _reaction(params: Json) -> None:
    """Refuse reactions: Bot API, setMessageReaction; the errors are those of messages.sendReaction."""
    reactions = params.get("reaction", [])
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(each["emoji"] not in TABLE["reactions"] for each in reactions):
        raise bad("REACTION_INVALID")


def _commands(params: Json) -> None:
    """Refuse commands: Bot API, setMyCommands and BotCommand; BOT_COMMAND_INVALID of bots.setBotCommands."""
    if len(params["commands"]) > 100:
        raise bad("too many commands")
    for entry in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            raise bad("BOT_COMMAND_INVALID")
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise bad("invalid language code specified")


def _inline(params: Json) -> None:
    """Refuse results: Bot API, answerInlineQuery; the errors are those of messages.setInlineBotResults."""
    results = params["results"]
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids) or any(not 1 <= len(key.encode()) <= 64 for key in ids):
        raise bad("RESULT_ID_INVALID")
    if len(params.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    button = params.get("button")
    if button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
        raise bad("START_PARAM_INVALID")
    for result in results:
        content = result["input_message_content"]
        if result["type"] != "article":
            raise bad("the server knows articles only")
        _text(content["message_text"], content.get("entities", []), content.get("parse_mode"), "message_text")


def _webhook(params: Json) -> None:
    """Refuse a webhook: Bot API, setWebhook; Client.cpp (do_set_webhook) has the words."""
    if params["url"] and urlsplit(params["url"]).scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "x")):
        raise bad("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise bad("max_connections out of range")
