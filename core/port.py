"""Whether the development server can listen on its port. `make run` runs this file first."""

import errno
import socket
import sys

from core.environment import env_str, read_env_file


class PortProblem(Exception):
    """The server cannot listen on this port; the message says what to do."""


def require_free(port: str, address: str = "127.0.0.1") -> None:
    """Return if a server can listen on the port of an address (IPv4, IPv6 or a host name).

    Raises PortProblem if the port is in use or is no port. Other errors are left to the server.
    """
    if not port.isdecimal() or int(port) >= 2**16:
        raise PortProblem(f"PORT is {port}, but a port is a number up to 65535.")
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            trial.bind((address, int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortProblem(f"Port {port} is in use: make run PORT={int(port) + 1}") from None


if __name__ == "__main__":
    read_env_file()
    try:
        require_free(env_str("PORT", "8000"))
    except PortProblem as problem:
        sys.exit(str(problem))
