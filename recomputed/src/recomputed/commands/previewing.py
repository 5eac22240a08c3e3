"""`preview`: the page, live, for whoever writes it."""

import signal
import threading
import webbrowser
from typing import Annotated

import typer

from recomputed import streams
from recomputed.editions import profile_named
from recomputed.processes import ENDING


def preview(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where, or the next one that is free.")] = 4848,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    profile: Annotated[str, typer.Option(metavar="PROFILE", help="Another edition, as of render.")] = "",
) -> None:
    """The page, live: made again when anything it rests on changes.

    Ctrl-C ends it.
    """
    edition = profile_named(profile)
    from recomputed.preview.live import Live
    from recomputed.preview.server import HOST, Server, Shown

    stop = threading.Event()
    for number in ENDING:
        signal.signal(number, lambda *_: stop.set())
    shown = Shown()
    with Server(shown, port) as server:
        if server.server_port != port:
            streams.warn(f"port {port}: taken; using {server.server_port}")
        address = f"http://{HOST}:{server.server_port}/"
        print(address, flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        live = Live(edition, shown)
        if open_:
            webbrowser.open(address)
        try:
            live.follow(stop)
        finally:
            server.shutdown()
            live.close()
