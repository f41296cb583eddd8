import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { drainOnSignal, isEnding } from "./drain";

it("shows at once that it ends, answers what it has begun, takes nothing new, and then ends", async () => {
  const signals = new EventEmitter();
  const events = new EventEmitter();
  let ended = false;
  const end = () => {
    ended = true;
    events.emit("ended");
    return Promise.resolve();
  };
  drainOnSignal({ signals, notice: 0, patience: 60_000, end });
  const server = createServer((_request, response) => void once(events, "go").then(() => response.end("whole"))).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const begun = once(server, "request");
  const answer = fetch(address).then((response) => response.text());
  await begun;
  const over = once(events, "ended");
  const closed = once(server, "close");

  signals.emit("SIGTERM", "SIGTERM");
  expect(isEnding()).toBe(true);
  await expect
    .poll(() => fetch(address).catch((error: unknown) => (error as Error).cause))
    .toMatchObject({ code: "ECONNREFUSED" });
  expect(ended).toBe(false);

  events.emit("go");
  expect(await answer).toBe("whole");
  await Promise.all([over, closed]);
});
