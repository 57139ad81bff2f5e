"""Drives a headless Chromium over the DevTools protocol, through a pipe: standard library only, no port, no driver."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BrowserError(Exception):
    """What the browser refused, or what did not happen in time."""


def find_chromium():
    """Path of a Chromium: $CHROMIUM, or the first of the usual names that is installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise BrowserError("no Chromium found: install it, or name it in $CHROMIUM")
    return path


class Browser:
    """A browser with a profile of its own, which goes with it."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="page-test-")
        arguments = [
            "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--no-first-run",
            "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
            # Nothing outside this machine has a name: a page that asks for it fails.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--hide-scrollbars", "about:blank",
        ]
        if os.geteuid() == 0:
            arguments.insert(0, "--no-sandbox")
        # The protocol's pipes are descriptors 3 and 4.
        command = ["/bin/sh", "-c", 'exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>&2', find_chromium(), *arguments]
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, bufsize=0)
        self.answers = {}
        self.events = []
        self.arrived = threading.Condition()
        self.last_id = 0
        self.ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close", seconds=5)
        except BrowserError:
            self.process.kill()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _read(self):
        rest = b""
        while chunk := self.process.stdout.read(1 << 16):
            *messages, rest = (rest + chunk).split(b"\0")
            for text in messages:
                message = json.loads(text)
                if "id" not in message:
                    self.events.append(message)
                    continue
                with self.arrived:
                    self.answers[message["id"]] = message
                    self.arrived.notify_all()
        with self.arrived:
            self.ended = True
            self.arrived.notify_all()

    def call(self, method, session=None, seconds=30, **parameters):
        """Calls the protocol and gives the result."""
        self.last_id += 1
        mine = self.last_id
        message = {"id": mine, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise BrowserError(f"{method}: the browser has ended{self._words()}") from error
        with self.arrived:
            if not self.arrived.wait_for(lambda: mine in self.answers or self.ended, seconds):
                raise BrowserError(f"{method}: no answer in {seconds} s")
            if mine not in self.answers:
                raise BrowserError(f"{method}: the browser has ended{self._words()}")
            answer = self.answers.pop(mine)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error'].get('message')}")
        return answer["result"]

    def _words(self):
        self.log.seek(0)
        return ":\n" + self.log.read().decode(errors="replace")[-2000:]

    def open(self, address, width=1400, height=1000, dark=False):
        """A page in a context of its own, without what other pages have stored."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        page.call("Page.navigate", url=address)
        return page


class Page:
    """A page: scripts, mouse, keys, pictures, and what it asked the network for."""

    KEYS = {
        "ArrowRight": 39, "ArrowLeft": 37, "ArrowDown": 40, "ArrowUp": 38, "Enter": 13, "Tab": 9, "End": 35, "Home": 36,
        "PageDown": 34, "PageUp": 33, "Escape": 27,
    }

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def evaluate(self, script):
        """The value of an expression, which may be a promise."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise BrowserError(f"{script}: {details.get('exception', {}).get('description', details['text'])}")
        return result["result"].get("value")

    def wait(self, script, what, seconds=20):
        """Waits until an expression holds."""
        end = time.monotonic() + seconds
        while True:
            problem = ""
            try:
                if self.evaluate(f"Boolean({script})"):
                    return
            except BrowserError as error:
                # What the expression looks at may not be there yet.
                problem = f": {error}"
            if time.monotonic() > end:
                raise BrowserError(f"not in {seconds} s: {what} ({script}){problem}")
            time.sleep(0.05)

    def reload(self):
        """Loads the page again; waits until the old one is gone."""
        self.evaluate("window.isOld = true")
        self.call("Page.reload")
        self.wait("!window.isOld && document.readyState === 'complete'", "the page is loaded again")

    def box(self, selector):
        """Left, top, width and height of an element, which is scrolled into view."""
        return self.evaluate(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          element.scrollIntoView({{block: "center", behavior: "instant"}});
          const box = element.getBoundingClientRect();
          return [box.left, box.top, box.width, box.height];
        }})()""")

    def mouse(self, kind, x, y, pressed=False):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if pressed else "none",
                  buttons=1 if pressed and kind != "mouseReleased" else 0, clickCount=1 if pressed else 0)

    def click(self, selector):
        left, top, width, height = self.box(selector)
        x, y = left + width / 2, top + height / 2
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, pressed=True)
        self.mouse("mouseReleased", x, y, pressed=True)

    def drag(self, start, end, steps=8):
        """Presses at one point, moves to another, and lets go."""
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, pressed=True)
        for step in range(1, steps + 1):
            share = step / steps
            self.mouse("mouseMoved", *(a + (b - a) * share for a, b in zip(start, end)), pressed=True)
        self.mouse("mouseReleased", *end, pressed=True)

    def key(self, name, shift=False):
        """Presses and lets go one of `KEYS`."""
        common = {"key": name, "code": name, "windowsVirtualKeyCode": self.KEYS[name], "modifiers": 8 if shift else 0}
        if name == "Enter":
            # Forms are sent by the character, not by the key.
            self.call("Input.dispatchKeyEvent", type="keyDown", text="\r", **common)
        else:
            self.call("Input.dispatchKeyEvent", type="rawKeyDown", **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type_into(self, selector, text):
        """Replaces the text of a field as a person would: chosen, then typed over."""
        self.evaluate(f"(() => {{ const field = document.querySelector({json.dumps(selector)});"
                      " field.scrollIntoView({block: 'center'}); field.focus(); field.select(); })()")
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.call("Input.dispatchKeyEvent", type="keyDown", key="Delete", code="Delete", windowsVirtualKeyCode=46)

    def screenshot(self, path, full=True):
        """Writes a PNG of the page, or of what is seen of it."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=full)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def messages(self, method):
        """Events of a kind that have come for this page so far."""
        mine = [event for event in list(self.browser.events) if event.get("sessionId") == self.session]
        return [event["params"] for event in mine if event["method"] == method]
