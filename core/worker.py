"""gunicorn's gevent worker, which before it ends answers everybody who has connected."""

from typing import Any

from gevent.server import StreamServer
from gunicorn.workers import ggevent


class DrainingServer(StreamServer):  # type: ignore[misc]  # untyped
    """The kernel connects clients by itself: closing the socket would cut off who waits in its queue."""

    def close(self) -> None:
        self.stop_accepting()
        while not self.closed and (accepted := self.do_read()):
            self.do_handle(*accepted)
        super().close()


class Worker(ggevent.GeventWorker):  # type: ignore[misc]
    """gunicorn's own, with that server."""

    def run(self) -> None:
        ggevent.StreamServer = DrainingServer
        super().run()

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        # Only asked for its address, which a listener that was closed meanwhile does not tell any more.
        super().handle(client, client, addr)
