"""What both worker classes share: bounds on connections and on request bodies."""

from collections.abc import Callable
from typing import Any

from core.server.client_socket import ClientSocket
from core.server.connections import Connections
from core.server.request_body import receive


class Bounds:
    """A mix-in of gunicorn's workers."""

    connections: Connections
    most_bytes: int
    trusted_proxies: int

    def load_wsgi(self) -> None:
        """Read the settings. Importing Django earlier would import modules that gevent has not patched."""
        super().load_wsgi()  # type: ignore[misc]
        self.read_settings()

    def read_settings(self) -> None:
        """Called once Django is set up, before the first connection."""
        from django.conf import settings  # noqa: PLC0415, see above

        self.most_bytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self.trusted_proxies = settings.TRUSTED_PROXIES
        self.connections = Connections(self.for_one_address(self.most_connections()))

    def most_connections(self) -> int:
        """How many connections one address may have."""
        raise NotImplementedError

    def for_one_address(self, most: int) -> int | None:
        """`most`, or None behind a proxy, which has to count itself: every connection has its address."""
        return None if self.trusted_proxies else most

    def handle_received(self, request: Any, client: ClientSocket, handle: Callable[[], Any]) -> Any:
        """Receive the body, and call gunicorn's method or answer why not. Raises StopIteration to close."""
        try:
            if refusal := receive(request, client, self.most_bytes):
                client.sendall(refusal)
                raise StopIteration
            return handle()
        finally:
            if request.must_close:
                client.linger()
