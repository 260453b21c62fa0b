"""gunicorn's gevent worker with bounded clients. On shutdown it answers every queued connection."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import gevent
from gevent.server import StreamServer
from gunicorn.workers import ggevent

from core.server.bounds import Bounds
from core.server.client_socket import ClientSocket


class DrainingServer(StreamServer):  # type: ignore[misc]  # untyped
    """Drains the listen queue on close. Closing the socket would reset the connections in it."""

    def close(self) -> None:
        self.stop_accepting()
        while not self.closed and (accepted := self.do_read()):
            self.do_handle(*accepted)
        super().close()


class Worker(Bounds, ggevent.GeventWorker):  # type: ignore[misc]
    """gunicorn's worker with DrainingServer."""

    def run(self) -> None:
        ggevent.StreamServer = DrainingServer
        super().run()

    def most_connections(self) -> int:
        """A quarter of the worker's."""
        return int(self.worker_connections) // 4

    def timeout_ctx(self) -> AbstractContextManager[None]:
        """No timer for the headers: ClientSocket bounds them, also if bytes never stop arriving."""
        return nullcontext()

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        # gunicorn only reads the listener's address, which a closed listener no longer has.
        if admitted := self.connections.admit(client, addr):
            super().handle(admitted, admitted, addr)

    def handle_request(self, listener_name: Any, req: Any, sock: ClientSocket, addr: Any) -> Any:
        if req.req_number > 1:
            gevent.sleep(0)  # pipelined requests need no wait, so other connections would never run
        handle = super().handle_request
        answered = self.handle_received(req, sock, lambda: handle(listener_name, req, sock, addr))
        sock.expect_head()
        return answered
