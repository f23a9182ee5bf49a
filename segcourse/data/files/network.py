"""Whether a host answers: known in seconds, where a download alone would wait for minutes."""

import http.client
import ssl
import threading
import urllib.request

SECONDS = 3.0


def no_answer(address):
    """The error with which nobody answers at `address`, or None where somebody does.

    It takes 3.5 seconds at most. A certificate that is not trusted counts as an answer: whoever
    fetches has certificates of its own to judge by.

    Example:

    >>> from segcourse.data.files.network import no_answer
    >>> no_answer("http://127.0.0.1:9") is None
    False
    """
    outcome = []

    def ask():  # in a thread: looking up a name has no timeout of its own
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as reply:
                reply.read(1)
            outcome.append(None)
        except (OSError, http.client.HTTPException) as error:
            outcome.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(SECONDS + 0.5)
    error = outcome[0] if outcome else TimeoutError("no answer")
    return None if isinstance(getattr(error, "reason", None), ssl.SSLError) else error
