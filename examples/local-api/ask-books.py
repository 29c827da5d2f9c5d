"""A bot in Python that has Tranchebook enter for it: python3 ask-books.py DIRECTORY SYMBOL QUANTITY."""

import json
import sys
import urllib.request
from pathlib import Path

directory, symbol, quantity = sys.argv[1:]
process = json.loads(Path(directory, "process.json").read_text())


def ask(path, body):
    headers = {"authorization": f"Bearer {process['token']}", "content-type": "application/json"}
    request = urllib.request.Request(process["url"] + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


action = {
    "command": "openTranche",
    "account": process["account"],
    "symbol": symbol,
    "side": "LONG",
    "quantity": quantity,
}
preview = ask("/api/actions/preview", action)
print(preview["says"])
for problem in preview["problems"]:
    print("cannot:", problem["message"])
if preview["confirmation"] is not None:
    answer = ask("/api/actions", {"action": action, "actor": "python bot", "confirmation": preview["confirmation"]})
    print("accepted" if answer["accepted"] else answer["results"][0]["message"])
