"""Firefox without a driver: its own remote protocol (WebDriver BiDi) over one socket, as much of it as tests need."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any


class Firefox:
    """A headless Firefox with one tab; `logged` is what its pages said on the console."""

    def __init__(self, binary: str, profile: Path) -> None:
        from websocket import create_connection

        # what Firefox does at a first start is not asked of it here, and nothing of it leaves the machine
        quiet = {"browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False}
        quiet |= {"app.normandy.enabled": False, "network.captive-portal-service.enabled": False}
        (profile / "user.js").write_text("".join(f"user_pref({k!r}, {str(v).lower()});\n" for k, v in quiet.items()))
        command = [binary, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert self.process.stderr is not None
        address = next(line.split()[-1] for line in self.process.stderr if "WebDriver BiDi listening on" in line)
        self.logged: list[str] = []
        self.socket = create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self.count = 0
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to one command; what is logged meanwhile is kept."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv())
            if said.get("method") == "log.entryAdded":
                self.logged.append(said["params"]["text"])
            elif said.get("id") == self.count:
                assert said["type"] == "success", said
                return said["result"]

    def go(self, address: str) -> None:
        """Opens a page and waits until it is whole."""
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def run(self, script: str) -> Any:
        """What an expression (or a promise) is worth on the page, by way of JSON."""
        wrapped = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        answer = self.ask(
            "script.evaluate", expression=wrapped, target={"context": self.tab}, awaitPromise=True, userActivation=True
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def until(self, script: str, text: str) -> str:
        """What an expression is worth as soon as it holds `text`: half a minute at most."""
        waited = f"""(async () => {{
          for (let n = 0; n < 300; n++) {{ const said = {script}; if (String(said).includes({json.dumps(text)})) return said; await new Promise((go) => setTimeout(go, 100)); }}
          return {script};
        }})()"""  # noqa: E501
        said = self.run(waited)
        assert text in said, said
        return str(said)

    def press(self, *keys: str) -> None:
        """Keys, one after the other, where the focus is."""
        actions = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        self.ask(
            "input.performActions", context=self.tab, actions=[{"type": "key", "id": "keyboard", "actions": actions}]
        )

    def click(self, selector: str) -> None:
        """Presses the middle of an element, once it is in view."""
        place = f"document.querySelector({json.dumps(selector)})"
        x, y = self.run(
            f"(() => {{ const e = {place}; e.scrollIntoView({{block: 'center'}}); const b = e.getBoundingClientRect(); "
            "return [Math.round(b.x + b.width / 2), Math.round(b.y + b.height / 2)]; })()"
        )
        moves = [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}]
        actions = [{"type": "pointer", "id": "mouse", "actions": [*moves, {"type": "pointerUp", "button": 0}]}]
        self.ask("input.performActions", context=self.tab, actions=actions)

    def close(self) -> None:
        """Ends the browser."""
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)
