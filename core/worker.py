"""gunicorn's gevent worker, which answers every accepted or queued connection before it exits."""

from typing import Any

from gevent.server import StreamServer
from gunicorn.workers import ggevent


class DrainingServer(StreamServer):  # type: ignore[misc]  # untyped
    """Drains the listen queue on close. Closing the socket would reset the connections in it."""

    def close(self) -> None:
        self.stop_accepting()
        while not self.closed and (accepted := self.do_read()):
            self.do_handle(*accepted)
        super().close()


class Worker(ggevent.GeventWorker):  # type: ignore[misc]
    """gunicorn's worker with DrainingServer."""

    def run(self) -> None:
        ggevent.StreamServer = DrainingServer
        super().run()

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        # gunicorn only reads the listener's address, which a closed listener no longer has.
        super().handle(client, client, addr)
