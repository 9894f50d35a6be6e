"""A strict Bot API server on the loopback interface, in a thread of the test process."""

# ruff: noqa: ANN401 - JSON values have any type
import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.telegram.strict import Json, Refused, bad, check_call
from tests.telegram.world import BOT, Person, World

T = TypeVar("T")
TOKEN = "7000000001:AAH-loopback_0123456789abcdefghijkl"  # noqa: S105 - shaped as a token, known to no server
CUT = -1


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as it was answered."""

    method: str
    params: Json
    code: int
    result: Any
    at: float


@dataclass
class Trouble:
    """What the next calls of a method meet instead of their answer.

    `code` is an HTTP status, `CUT` for a connection that breaks; `after` performs the call and then fails,
    as a lost answer does; `delay` answers late; `body` replaces the JSON.
    """

    method: str
    code: int = 200
    times: int = 1
    retry_after: int | None = None
    description: str = "scripted"
    delay: float = 0.0
    after: bool = False
    body: bytes | None = None
    matches: Callable[[Json], bool] = lambda params: True


@dataclass
class Loopback:
    """The server; a context manager. Every public method may be called from the test's thread."""

    token: str = TOKEN
    webhook_to: str | None = None
    calls: list[Call] = field(default_factory=list)
    world: World = field(default_factory=World)
    troubles: list[Trouble] = field(default_factory=list)
    pending: deque[Json] = field(default_factory=deque)
    down: bool = False
    polls: list[float] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    webhook_replies: list[int] = field(default_factory=list)
    url: str = ""
    me: Json = field(default_factory=lambda: dict(BOT))

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._changed = threading.Condition()
        self._fresh = asyncio.Event()
        self._poller = 0
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the server's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _start(self) -> None:
        app = web.Application(client_max_size=1 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/documents/{key}", self._serve_file)
        self._runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=512)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = ClientSession(timeout=ClientTimeout(total=20))
        self._delivery = asyncio.create_task(self._deliver())

    async def _stop(self) -> None:
        self._delivery.cancel()
        self._poller += 1
        self._fresh.set()
        await self._session.close()
        await self._runner.cleanup()

    # The HTTP side.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a call: Bot API, "Making requests"; a wrong token is 401 (ClientManager.cpp, send)."""
        method = request.match_info["method"]
        raw: Json = dict(request.query) | (
            await request.json() if request.content_type == "application/json" else dict(await request.post())
        )
        if self.down:
            return self._cut(request)
        trouble = self._trouble(method, raw)
        if trouble and trouble.delay:
            await asyncio.sleep(trouble.delay)
        if trouble and not trouble.after and (trouble.code != 200 or trouble.body is not None):
            return self._fail(request, method, raw, trouble)
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            params = check_call(method, raw)
            result = await self._perform(method, params)
            if self.down:  # it began while a long poll was waiting
                return self._cut(request)
        except Refused as refusal:
            self._record(method, raw, refusal.code, refusal.description)
            body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                body["parameters"] = refusal.parameters
            return web.json_response(body, status=refusal.code)
        if method != "getUpdates":
            self._record(method, params, trouble.code if trouble else 200, result)
        if trouble and trouble.after:
            return self._fail(request, method, None, trouble)
        return web.json_response({"ok": True, "result": result})

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        content = self.world.files.get(request.match_info["key"])
        trouble = self._trouble("file", {})
        if request.match_info["token"] != self.token or content is None:
            return web.Response(status=404)
        if trouble:
            return self._fail(request, "file", {}, trouble)
        return web.Response(body=content)

    def _trouble(self, method: str, raw: Json) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.method == method and trouble.times > 0 and trouble.matches(raw):
                trouble.times -= 1
                return trouble
        return None

    def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=503)

    def _fail(
        self, request: web.Request, method: str, raw: Json | None, trouble: Trouble
    ) -> web.StreamResponse:
        if raw is not None:
            self._record(method, raw, trouble.code, trouble.description)
        if trouble.code == CUT:
            return self._cut(request)
        if trouble.body is not None:
            return web.Response(status=trouble.code, body=trouble.body)
        body: Json = {"ok": False, "error_code": trouble.code, "description": trouble.description}
        if trouble.retry_after is not None:
            body["parameters"] = {"retry_after": trouble.retry_after}
        return web.json_response(body, status=trouble.code)

    def _record(self, method: str, params: Json, code: int, result: Any) -> None:
        with self._changed:
            self.calls.append(Call(method, params, code, result, time.monotonic()))
            self._changed.notify_all()

    async def _perform(self, method: str, params: Json) -> Any:
        world = self.world
        if method == "getMe":
            return self.me
        if method == "getUpdates":
            return await self._updates(params)
        if method in ("setWebhook", "deleteWebhook"):
            self.webhook = params if method == "setWebhook" else {}
            if params.get("drop_pending_updates"):
                self.pending.clear()
            self._fresh.set()
            return True
        if method == "getWebhookInfo":
            url = self.webhook.get("url", "")
            return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}
        if method == "answerCallbackQuery":
            return self._once(world.callbacks, params["callback_query_id"])
        if method == "answerInlineQuery":
            return self._once(world.inline, params["inline_query_id"])
        messages: dict[str, Callable[[Json], Any]] = {
            "sendMessage": world.send,
            "editMessageText": world.edit_text,
            "editMessageReplyMarkup": world.edit_markup,
            "deleteMessage": world.delete,
            "getFile": world.file,
            "setMessageReaction": world.react,
        }
        return messages[method](params) if method in messages else True

    @staticmethod
    def _once(keys: set[str], key: str) -> bool:
        """Take an answer to a query once: Client.cpp (fail_query_with_error), for QUERY_ID_INVALID."""
        if key not in keys:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        keys.discard(key)
        return True

    async def _updates(self, params: Json) -> list[Json]:
        """Serve a long poll; a second poller ends the first, and none is served beside a webhook: both 409.

        Client.cpp (do_get_updates, abort_long_poll) has the words; Bot API, getUpdates: what `offset` does.
        """
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poller += 1
        mine = self._poller
        self.polls.append(time.monotonic())
        self._fresh.set()
        offset = params.get("offset", 0)
        while self.pending and self.pending[0].get("update_id", 0) < offset:
            self.pending.popleft()
        deadline = time.monotonic() + params.get("timeout", 0)
        while not self.pending:
            self._fresh.clear()
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return []
            try:
                await asyncio.wait_for(self._fresh.wait(), remaining)
            except TimeoutError:
                return []
            if mine != self._poller:
                raise Refused(
                    409, "Conflict: terminated by other getUpdates request; make sure that only one"
                )
        return list(self.pending)[: params.get("limit", 100)]

    async def _deliver(self) -> None:
        """Post pending updates to the webhook, one after the other, again until they are taken."""
        while True:
            if not (self.webhook.get("url") and self.webhook_to and self.pending):
                await asyncio.sleep(0.01)
                continue
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
            try:
                async with self._session.post(
                    self.webhook_to, json=self.pending[0], headers=headers
                ) as reply:
                    self.webhook_replies.append(reply.status)
                    if reply.status == 200:
                        self.pending.popleft()
                        continue
            except (ClientError, TimeoutError):
                self.webhook_replies.append(CUT)
            await asyncio.sleep(0.05)

    # The people's side.

    def push(self, *updates: Json) -> None:
        """Put updates in line for the bot, as they are."""

        async def put() -> None:
            self.pending.extend(updates)
            self._fresh.set()

        self.run(put())

    def says(self, person: Person, text: str, chat: Json | None = None, **extra: Any) -> Json:
        """Let a person write a message; return it."""
        message = self.world.said(person, text, chat, **extra)
        self.push(self.world.update("message", message))
        return message

    def sends_file(self, person: Person, name: str, content: bytes, caption: str | None = None) -> Json:
        """Let a person send a file; return the message."""
        message = self.world.sent(person, name, content, caption)
        self.push(self.world.update("message", message))
        return message

    def sends_album(self, person: Person, files: dict[str, bytes], album: str) -> Json:
        """Let a person send files together; return the first message."""
        messages = [self.world.sent(person, name, content, album=album) for name, content in files.items()]
        self.push(*(self.world.update("message", message) for message in messages))
        return messages[0]

    def edits(self, message: Json, text: str) -> None:
        """Let a person edit a message of theirs."""
        self.push(self.world.update("edited_message", self.world.edited(message, text)))

    def presses(self, person: Person, message: Json, label: str) -> str:
        """Press the button whose text holds `label`; return the id of the callback query."""
        current = self.world.messages[message["chat"]["id"], message["message_id"]]
        keyboard = current.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
        for button in (button for row in keyboard for button in row):
            if label in button["text"] and "callback_data" in button:
                return self.presses_data(person, message, button["callback_data"])
        raise AssertionError(f"no button {label!r} in {keyboard}")

    def presses_data(self, person: Person, message: Json, data: str) -> str:
        """Send a callback query with any data, as a changed client could."""
        query = self.world.pressed(person, message, data)
        self.push(self.world.update("callback_query", query))
        key: str = query["id"]
        return key

    def searches(self, person: Person, query: str) -> str:
        """Type an inline query; return its id."""
        payload = self.world.searched(person, query)
        self.push(self.world.update("inline_query", payload))
        key: str = payload["id"]
        return key

    # The test's side.

    def wait(
        self, wanted: Callable[[Call], bool], *, count: int = 1, since: int = 0, timeout: float = 15
    ) -> list[Call]:
        """Wait until `count` recorded calls from number `since` on fit; return them."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                found = [call for call in self.calls[since:] if wanted(call)]
                if len(found) >= count:
                    return found
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    seen = [(call.method, call.code) for call in self.calls[since:]][-12:]
                    raise AssertionError(f"{len(found)} of {count} calls came; the last were {seen}")
                self._changed.wait(remaining)

    def sent(self, chat_id: int) -> list[Json]:
        """Return the messages that the bot has sent to a chat, in order, as they were sent."""
        return [
            call.result
            for call in list(self.calls)
            if call.method == "sendMessage" and call.code == 200 and call.params["chat_id"] == chat_id
        ]

    def answer_to(self, message: Json, *, number: int = 1, timeout: float = 15) -> Json:
        """Wait for the message of the bot that comes `number`-th after a person's message."""

        def fits(call: Call) -> bool:
            return (
                call.method == "sendMessage"
                and call.code == 200
                and call.params["chat_id"] == message["chat"]["id"]
                and call.result["message_id"] > message["message_id"]
            )

        result: Json = self.wait(fits, count=number, timeout=timeout)[number - 1].result
        return result

    def now(self, message: Json) -> Json:
        """Return a message as it is now, after edits."""
        return self.world.messages[message["chat"]["id"], message["message_id"]]

    def refusals(self) -> list[Call]:
        """Return every call that was refused as malformed: a fault of the bot."""
        return [
            call
            for call in self.calls
            if call.code == 400
            and str(call.result).startswith("Bad Request")
            and "upgraded" not in call.result
            and "modified" not in call.result
        ]
