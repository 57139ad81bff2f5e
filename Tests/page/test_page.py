#!/usr/bin/env python3
"""Opens the web page of `edgedsp serve` in headless Chromium and uses it as people do: mouse, keys, typing.

    make page-test          # builds, installs Chromium where it is missing, and runs all tests
    python3 Tests/page/test_page.py .build/debug/edgedsp [PageTests.test_name …] [--pictures FOLDER]

Needs Python 3.9 and Chromium (or $CHROMIUM), nothing else, and no network. What the page shows is compared with what
the server answers; changed files are read back. With --pictures, each test leaves a picture of what it saw last.
"""

import array
import itertools
import json
import os
import shutil
import sys
import unittest
import unittest.mock
import wave

from browser import Browser
from server import Server

FEATURES = "[...document.querySelectorAll('table.features td')].map((cell) => cell.textContent)"
IS_IDLE = "document.querySelector('#features-panel').getAttribute('aria-busy') === 'false'"


class PageCase(unittest.TestCase):
    browser = None
    pictures = None

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def serve(self, *options, **settings):
        server = Server(*options, **settings)
        self.addCleanup(server.__exit__)
        return server

    def open(self, address, ready="document.querySelectorAll('table.features td').length > 0", **settings):
        page = self.browser.open(address, **settings)
        self.addCleanup(self.finish, page)
        if ready:
            page.wait(ready, "the page shows features")
        return page

    def finish(self, page):
        if self.pictures:
            page.screenshot(os.path.join(self.pictures, f"{self.id().split('.')[-1]}.png"), full=False)

    def assert_clean(self, page, address):
        """No error of scripts or policy, and no request to any other place."""
        errors = [entry["exceptionDetails"] for entry in page.messages("Runtime.exceptionThrown")]
        errors += [e["entry"]["text"] for e in page.messages("Log.entryAdded") if e["entry"]["level"] == "error"]
        self.assertEqual(errors, [])
        urls = [sent["request"]["url"] for sent in page.messages("Network.requestWillBeSent")]
        strange = [url for url in urls if not url.startswith((address, "data:image/", "blob:", "about:"))]
        self.assertEqual(strange, [])

    def features_of(self, server, start, block=2, recording=None):
        """The server's own features of a window, as the page writes numbers."""
        recording = recording or server.get("raw-data?category=all&limit=1")["samples"][0]["id"]
        path = f"dsp/{block}/raw-data/{recording}/slice/run/readonly?sliceStart={start}"
        return server.get(path)["features"]

    def shown_features(self, page):
        """The table column by column, which is the order of the features."""
        page.wait(IS_IDLE, "features are computed")
        cells = page.evaluate(FEATURES)
        columns = page.evaluate("document.querySelectorAll('table.features thead th').length - 1")
        return [float(cells[i].replace(",", "")) for c in range(columns) for i in range(c, len(cells), columns)]

    def assert_features(self, page, wanted):
        shown = self.shown_features(page)
        self.assertEqual(len(shown), len(wanted))
        for have, want in zip(shown, wanted):
            # Four significant digits are shown.
            self.assertLessEqual(abs(have - want), 6e-4 * abs(want) + 1e-9)


class PageTests(PageCase):
    def test_shows_impulse_recordings_and_features(self):
        server = self.serve()
        page = self.open(server.address)
        self.assertEqual(page.evaluate("document.querySelector('h1').textContent"), "gestures")
        blocks = page.evaluate("[...document.querySelectorAll('.block strong')].map((title) => title.textContent)")
        self.assertEqual(blocks[:4], ["Time series data", "Spectral Analysis", "Flatten", "Raw Data"])
        page.wait("document.querySelectorAll('.arrows path:not(.head)').length === 5", "arrows join the blocks")
        self.assertEqual(page.evaluate("document.querySelector('#recordings-count').textContent"), "32 recordings")
        self.assert_features(page, self.features_of(server, 0))
        page.wait("document.querySelectorAll('.graphs figure').length === 3", "the block's graphs are there")
        page.wait("""[...document.querySelectorAll('.signal canvas, .graphs canvas')].every((canvas) => {
          canvas.scrollIntoView();
          const { width, height } = canvas;
          return width > 0 && canvas.getContext('2d').getImageData(0, 0, width, height).data.some((byte) => byte > 0);
        })""", "all charts are drawn")
        self.assert_clean(page, server.address)

    def test_window_is_dragged(self):
        server = self.serve()
        page = self.open(server.address)
        before = self.shown_features(page)
        left, top, width, height = page.box(".window")
        middle = (left + width / 2, top + height / 2)
        page.drag(middle, (middle[0] + 1.5 * width, middle[1]))
        start = int(page.evaluate("document.querySelector('.window').getAttribute('aria-valuenow')"))
        # The window is 125 rows wide.
        self.assertLessEqual(abs(start - 188), 2)
        page.wait(f"location.hash.includes('start={start}')", "the address follows")
        self.assert_features(page, self.features_of(server, start))
        self.assertNotEqual(self.shown_features(page), before)
        # A click beside the window brings it there.
        left, top, width, height = page.box(".window")
        page.drag((left + 2.5 * width, middle[1]), (left + 2.5 * width, middle[1]))
        moved = int(page.evaluate("document.querySelector('.window').getAttribute('aria-valuenow')"))
        self.assertLessEqual(abs(moved - (start + 250)), 2)
        self.assert_features(page, self.features_of(server, moved))
        self.assert_clean(page, server.address)

    def test_window_is_moved_by_keys(self):
        server = self.serve()
        page = self.open(server.address)
        page.evaluate("document.querySelector('.window').focus()")
        place = "Number(document.querySelector('.window').getAttribute('aria-valuenow'))"
        for key, shift, row in [("ArrowRight", False, 5), ("ArrowRight", True, 6), ("PageUp", False, 131),
                                ("ArrowLeft", False, 126), ("End", False, 500), ("ArrowRight", False, 500),
                                ("PageDown", False, 375), ("Home", False, 0), ("ArrowLeft", False, 0),
                                ("End", False, 500)]:
            page.key(key, shift)
            self.assertEqual(page.evaluate(place), row)
        text = page.evaluate("document.querySelector('.window').getAttribute('aria-valuetext')")
        self.assertEqual(text, "8 s to 10 s")
        page.wait(IS_IDLE, "features are computed")
        self.assert_features(page, self.features_of(server, 500))

    def test_parameters_change_features_and_are_saved(self):
        server = self.serve()
        page = self.open(server.address)
        before = self.shown_features(page)
        page.type_into("#parameter-fft-length", "64")
        page.wait(f"{FEATURES}.length > {len(before)}", "a longer transform gives more features")
        page.wait("!document.querySelector('.config [type=submit]').disabled", "changes can be saved")
        self.assertEqual(server.configuration(2)["fft-length"], "16")
        page.click(".config [type=submit]")
        page.wait("document.querySelector('.config [role=status]').textContent === 'Saved'", "the server has saved")
        self.assertEqual(server.configuration(2)["fft-length"], "64")
        self.assert_features(page, self.features_of(server, 0))
        page.reload()
        page.wait("document.querySelector('#parameter-fft-length')?.value === '64'", "the form has the saved value")
        self.assert_clean(page, server.address)

    def test_what_is_typed_is_checked(self):
        server = self.serve()
        page = self.open(server.address)
        before = page.evaluate(FEATURES)
        problem = "document.querySelector('#parameter-fft-length-problems').textContent"
        for text, words in [("33", "power of two"), ("many", "whole number"), ("-5", "use 16")]:
            page.type_into("#parameter-fft-length", text)
            page.wait(f"{problem}.includes({json.dumps(words)})", f"{text} is refused")
            self.assertEqual(page.evaluate("document.querySelector('#parameter-fft-length').ariaInvalid"), "true")
            self.assertTrue(page.evaluate("document.querySelector('.config [type=submit]').disabled"))
        page.wait("document.querySelector('.feature-view').matches('.outdated')", "features are marked as old")
        page.type_into("#parameter-fft-length", "16")
        page.wait(f"{problem} === '' && !document.querySelector('.outdated')", "a valid value clears the message")
        self.assertEqual(page.evaluate(FEATURES), before)
        # Parameters of the other analysis come and go with the choice.
        self.assertTrue(page.evaluate("document.querySelector('#parameter-wavelet').closest('.field').hidden"))
        page.evaluate("""(() => { const field = document.querySelector('#parameter-analysis-type');
          field.value = 'Wavelet'; field.dispatchEvent(new Event('input', { bubbles: true })); })()""")
        page.wait("!document.querySelector('#parameter-wavelet').closest('.field').hidden", "the wavelet can be chosen")
        page.wait("document.querySelector('.graphs').textContent.includes('Wavelet function')",
                  "the wavelet's graphs are drawn")
        self.assertEqual(server.configuration(2)["fft-length"], "16")

    def test_warnings_are_shown(self):
        server = self.serve()
        page = self.open(server.address)
        page.type_into("#parameter-fft-length", "512")
        page.wait("document.querySelector('.problem.warning, .notice.warning') !== null", "the server warns")
        page.wait("!document.querySelector('.config [type=submit]').disabled", "a warning does not keep from saving")

    def test_recordings_are_filtered_and_walked_through(self):
        server = self.serve()
        page = self.open(server.address)
        count = "document.querySelector('#recordings-count').textContent"

        def choose(field, value):
            page.evaluate(f"""(() => {{ const field = document.querySelector('#{field}'); field.value = '{value}';
              field.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()""")

        choose("filter-category", "testing")
        page.wait(f"{count} === '8 recordings'", "the category is filtered")
        choose("filter-label", "=snake")
        page.wait(f"{count} === '2 recordings'", "the label is filtered")
        choose("filter-category", "all")
        choose("filter-label", "")
        page.type_into("#filter-text", "idle.3")
        page.wait(f"{count} === '1 recording'", "names are searched")
        page.type_into("#filter-text", "")
        page.wait(f"{count} === '32 recordings'", "all are back")
        page.evaluate("document.querySelector('#recordings').focus()")
        page.key("Home")
        page.key("ArrowDown")
        page.key("ArrowDown")
        names = [sample["filename"] for sample in server.get("raw-data?category=all")["samples"]]
        page.wait(f"document.querySelector('#signal-title').textContent.endsWith({json.dumps(names[2])})",
                  "the third recording is shown")
        page.key("End")
        page.wait(f"document.querySelector('#signal-title').textContent.endsWith({json.dumps(names[-1])})",
                  "the last recording is shown")
        self.assert_clean(page, server.address)

    def test_thousands_of_recordings(self):
        def prepare(server):
            rows = [[i % 7, i % 5, i % 3] for i in range(130)]
            sensors = [{"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")]
            payload = {"device_type": "T", "interval_ms": 16, "sensors": sensors, "values": rows}
            text = json.dumps({"protected": {"ver": "v1", "alg": "none"}, "signature": "", "payload": payload})
            for index in range(3000):
                (server.dataset / "training" / f"many.{index:04}.json").write_text(text)

        server = self.serve(prepare=prepare)
        page = self.open(server.address)
        page.wait("document.querySelector('#recordings-count').textContent === '3,032 recordings'", "all are counted")
        page.evaluate("document.querySelector('#recordings').scrollTop = 1e9")
        names = [sample["filename"] for sample in server.get("raw-data?category=all&offset=3000")["samples"]]
        page.wait(f"document.querySelector('#recordings').textContent.includes({json.dumps(names[-1])})",
                  "the end of the list is there")
        self.assertLess(page.evaluate("document.querySelectorAll('.row').length"), 60)
        page.evaluate("document.querySelector('#recordings').focus()")
        page.key("Home")
        page.key("End")
        page.wait(f"document.querySelector('#signal-title').textContent.endsWith({json.dumps(names[-1])})",
                  "the last recording is shown")

    def test_long_audio(self):
        def prepare(server):
            for file in server.dataset.rglob("*.*"):
                file.unlink()
            # 20 s at 16 kHz, loud in the last second alone.
            samples = array.array("h", [(i * 37 % 200) - 100 for i in range(19 * 16000)] + [20000, -20000] * 8000)
            with wave.open(str(server.dataset / "training" / "hum.0.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(16000)
                file.writeframes(samples.tobytes())
            block = {"id": 2, "type": "mfe", "name": "MFE", "title": "MFE", "axes": ["audio"], "input": 1,
                     "implementationVersion": 4}
            input_block = {"id": 1, "type": "time-series", "name": "Audio", "title": "Audio", "axes": ["audio"],
                           "windowSizeMs": 1000, "windowIncreaseMs": 500, "frequencyHz": 16000, "padZeros": True}
            server.impulse.write_text(json.dumps({"impulse": {
                "id": 1, "name": "Audio", "type": "default", "inputBlocks": [input_block], "dspBlocks": [block],
                "learnBlocks": [], "postProcessingBlocks": []}, "dspBlockConfigs": []}))

        server = self.serve(prepare=prepare)
        page = self.open(server.address, ready="document.querySelector('[aria-label^=\"Features: 99 frames of 40\"]')")
        page.wait("/320,000 rows.*stands for 80 rows/.test(document.querySelector('#signal').textContent)",
                  "a long recording is drawn in parts")
        range_words = page.evaluate("document.querySelector('.signal canvas').getAttribute('aria-label')")
        self.assertIn("from -20000 to 20000", range_words.replace(",", ""))
        page.evaluate("document.querySelector('.window').focus()")
        page.key("End")
        page.wait("location.hash.includes('start=304000')", "the window reaches the end")
        page.wait("document.querySelectorAll('.graphs img').length === 2", "the block's pictures are shown")
        self.assert_clean(page, server.address)

    def test_explorer(self):
        server = self.serve()
        page = self.open(server.address)
        page.click("#explorer button")
        page.wait("document.querySelectorAll('.explorer-side .chip').length === 4", "features are generated", 60)
        page.wait("document.querySelector('#explorer').textContent.includes('2,424 windows of 18 features')",
                  "they are counted")
        picture = "document.querySelector('.cloud').toDataURL()"
        page.box(".cloud")
        page.wait("document.querySelector('.cloud').width > 300", "the cloud is drawn")
        views = [page.evaluate(picture)]

        def differs(what):
            page.wait(f"{picture} !== {json.dumps(views[-1])}", what)
            views.append(page.evaluate(picture))

        page.evaluate("document.querySelector('.cloud').focus()")
        page.key("ArrowRight")
        differs("a key turns the cloud")
        left, top, width, height = page.box(".cloud")
        page.drag((left + 20, top + 20), (left + 120, top + 40))
        differs("the mouse turns the cloud")
        page.click(".explorer-side .chip input")
        differs("a label's points are taken away")
        page.evaluate("""(() => { const field = document.querySelector('.explorer-side select');
          field.value = '5'; field.dispatchEvent(new Event('change', { bubbles: true })); })()""")
        differs("another feature is shown")
        # Points lie somewhere in the middle: the first that the mouse finds is opened.
        left, top, width, height = page.box(".cloud")
        words = "document.querySelector('.point').textContent"
        for x, y in itertools.product(range(int(width / 3), int(2 * width / 3), 7), range(60, int(height), 7)):
            place = (left + x, top + y)
            page.mouse("mouseMoved", *place)
            if page.evaluate(words):
                break
        name, seconds = page.evaluate(words).split(", ")[:2]
        page.drag(place, place)
        page.wait(f"document.querySelector('#signal-title').textContent.endsWith({json.dumps(name)})",
                  "the point's recording is shown")
        page.wait(f"document.querySelector('.window').getAttribute('aria-valuetext') === {json.dumps(seconds)}",
                  "the point's window is shown")
        self.assert_clean(page, server.address)

    def test_key_is_asked_for(self):
        server = self.serve("--api-key", "ei_secret")
        page = self.open(server.address, ready="document.querySelector('#key-dialog').open")
        for key in ("wrong", "ei_secret"):
            page.wait("document.querySelector('#key-dialog').open", "the key is asked for")
            page.type_into("#key-input", key)
            page.key("Enter")
            if key == "wrong":
                page.wait("!document.querySelector('#key-problem').hidden", "a wrong key is called wrong")
        page.wait("document.querySelectorAll('table.features td').length > 0", "the page shows features")
        self.assertFalse(page.evaluate("document.querySelector('#key-dialog').open"))
        self.assertEqual(page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]"), [0, 1, ""])
        page.reload()
        page.wait("document.querySelectorAll('table.features td').length > 0", "the tab keeps the key")

    def test_read_only(self):
        server = self.serve("--read-only")
        page = self.open(server.address)
        self.assertFalse(page.evaluate("document.querySelector('#read-only').hidden"))
        before = page.evaluate(f"{FEATURES}.length")
        page.type_into("#parameter-fft-length", "64")
        page.wait(f"{FEATURES}.length > {before}", "changes are tried out")
        self.assertTrue(page.evaluate("document.querySelector('.config [type=submit]').disabled"))

    def test_errors_are_told_in_words(self):
        server = self.serve()
        page = self.open(server.address)
        broken = server.get("raw-data?category=all&limit=2")["samples"][1]
        for path in server.dataset.rglob(f"{broken['filename']}*"):
            path.unlink()
        page.evaluate("document.querySelectorAll('.row')[1].click()")
        page.wait("document.querySelector('#signal .notice.error')?.textContent.includes('cannot be shown')",
                  "a recording that is gone is told of")
        server.stop()
        page.evaluate("document.querySelectorAll('.row')[2].click()")
        page.wait("document.querySelector('#signal .notice.error')?.textContent.includes('does not answer')",
                  "a server that is gone is told of")
        server.process = unittest.mock.Mock()

    def test_controls_have_names(self):
        server = self.serve()
        page = self.open(server.address)
        page.click("#explorer button")
        page.wait("document.querySelectorAll('.explorer-side .chip').length === 4", "features are generated", 60)
        page.call("Accessibility.enable")
        nodes = page.call("Accessibility.getFullAXTree")["nodes"]
        controls = [node for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") in {
            "button", "textbox", "searchbox", "combobox", "checkbox", "slider", "listbox", "option", "img",
            "application"}]
        self.assertGreater(len(controls), 50)
        nameless = [node["role"]["value"] for node in controls if not node.get("name", {}).get("value")]
        self.assertEqual(nameless, [])

    def test_narrow_and_dark(self):
        server = self.serve()
        for width in (360, 800, 1400):
            page = self.open(server.address, width=width, height=800, dark=True)
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertEqual(background, "rgb(17, 20, 24)")


def main():
    arguments = sys.argv[1:]
    if "--pictures" in arguments:
        place = arguments.index("--pictures")
        PageCase.pictures = arguments[place + 1]
        os.makedirs(PageCase.pictures, exist_ok=True)
        del arguments[place:place + 2]
    if not arguments:
        sys.exit(__doc__)
    Server.program = shutil.which(arguments[0]) or sys.exit(f"{arguments[0]}: no such program")
    unittest.main(module=sys.modules[__name__], argv=[sys.argv[0], *arguments[1:]], verbosity=2)


if __name__ == "__main__":
    main()
