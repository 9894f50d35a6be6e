"""An HTTP server that answers even while a client fills it with connections."""

import contextlib
import logging
import socket
import threading
from http.server import ThreadingHTTPServer
from typing import Any, Final

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 32


class CrowdedServer(ThreadingHTTPServer):
    """A thread for each connection; beyond a number of them, a new one ends the oldest.

    So nobody uses up threads and files of the program, or keeps others out, by connections that say nothing.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as the library takes them
        self._open: dict[socket.socket, None] = {}
        self._changing = threading.Lock()
        super().__init__(*arguments, **named)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Serve a connection in a thread of its own."""
        with self._changing:
            self._open[request] = None
            oldest = next(iter(self._open)) if len(self._open) > _MOST else None
            self._open.pop(oldest, None)  # type: ignore[arg-type]  # None is none of them
        if oldest is not None:
            with contextlib.suppress(OSError):  # its other side may be gone
                oldest.shutdown(socket.SHUT_RDWR)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401
        """End a connection that was served."""
        with self._changing:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say that a connection failed, in the log and not on the screen: most have just gone away."""
        _LOG.debug("a connection to the figures failed", exc_info=True)
