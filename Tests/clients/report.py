"""What was tried and how it went: one entry for each method, however often it is called."""
import contextlib
import os
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))

OK, FAILED, ABSENT, MISSING = "ok", "failed", "absent", "not run"


class Expected(Exception):
    """A value is not what it has to be."""


def equal(got, want, what="value"):
    """Raises Expected where two values differ."""
    if got != want:
        raise Expected(f"{what}: expected {shortened(want)}, got {shortened(got)}")


def true(value, what):
    """Raises Expected where the value is not true."""
    if not value:
        raise Expected(what)


def shortened(value):
    text = repr(value)
    return text if len(text) <= 160 else text[:157] + "..."


def message(error):
    """An error in words; of the client's own, without the header fields of the answer."""
    status = getattr(error, "status", None)
    return f"{status} {getattr(error, 'body', None) or error}" if isinstance(status, int) else str(error)


def refused(call, *texts, kind=Exception, what=""):
    """Calls, and raises Expected unless that raises an error whose text has all these texts; returns the text."""
    try:
        value = call()
    except kind as error:
        if kind is Exception and type(error) is not Exception:
            raise  # Only an answer with success false makes the client raise a bare Exception.
        words = message(error)
        for text in texts:
            true(text.lower() in words.lower(), f"the refusal does not say {text!r}: {shortened(words)}")
        return words
    raise Expected(f"not refused: {what} {shortened(value)}")


class Report:
    """Results by method; the first failure of a method stays."""

    def __init__(self):
        self.results, self.failures = {}, []

    @contextlib.contextmanager
    def method(self, *names):
        """Records how the block goes for these methods. Errors end the block, not the run."""
        try:
            yield
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in where if frame.filename.startswith(HERE)]
            topics = [frame for frame in ours if os.path.basename(os.path.dirname(frame.filename)) == "topics"]
            place = (topics or ours)[-1]
            text = f"{type(error).__name__}: {message(error)}".strip().replace("\n", " | ")
            for name in names:
                self.results[name] = FAILED
                self.failures.append((name, text[:600], f"{os.path.basename(place.filename)}:{place.lineno}"))
        else:
            for name in names:
                self.results.setdefault(name, OK)

    def absent(self, *names):
        """Records that the client's version has no such methods."""
        for name in names:
            self.results.setdefault(name, ABSENT)

    def has(self, owner, name):
        """Whether the client has the method; records its absence."""
        if hasattr(owner, name):
            return True
        self.absent(f"{type(owner).__name__}.{name}")
        return False
