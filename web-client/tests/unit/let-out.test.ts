// A page that was loaded anew in the middle of a conversation: nobody has pressed anything in it, and the browser may
// hold the interpreter's voice back.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConversationClient } from "../../src/client/conversation-client";
import { Connection, type Link } from "../../src/protocol/connection";
import type { ClientMessage } from "../../src/protocol/types";
import { FakeMedia, fakeStore } from "./fake-media";

const { StaffApp } = await import("../../src/staff/app");
const { TabletApp } = await import("../../src/tablet/app");

class Node {
  gain = { value: 1 };
  fftSize = 0;
  connect = (): void => {};
}

/** A browser's way out for sound; `state` is what it is when the page is loaded. */
class Context {
  static state = "suspended";
  static made: Context[] = [];
  state = Context.state;
  onstatechange: (() => void) | null = null;
  constructor() {
    Context.made.push(this);
  }
  createGain = (): Node => new Node();
  createAnalyser = (): Node => new Node();
  begin = (): void => {
    this.state = "running";
    this.onstatechange?.();
  };
  resume = (): Promise<void> => Promise.resolve(this.begin());
  close = (): Promise<void> => Promise.resolve(void (this.state = "closed"));
}

let tab: ReturnType<typeof fakeStore>;
let sent: ClientMessage[];

beforeEach(() => {
  vi.useFakeTimers();
  Context.made = [];
  Context.state = "suspended";
  tab = fakeStore();
  sent = [];
  const element = (): unknown => ({ setAttribute: () => {}, append: () => {}, replaceChildren: () => {}, querySelectorAll: () => [] });
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  const location = { protocol: "http:", host: "x", search: "", hash: "", pathname: "/" };
  // Nothing is drawn.
  vi.stubGlobal("AudioContext", Context);
  vi.stubGlobal("window", { ...quiet, location, AudioContext: Context, requestAnimationFrame: () => 0, localStorage: fakeStore(), sessionStorage: tab });
  const root = { style: { setProperty: () => {} }, classList: { toggle: () => {} } };
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible", body: element(), documentElement: root, createElement: element });
  vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no network")));
  vi.spyOn(Connection.prototype, "start").mockImplementation(() => {});
  vi.spyOn(Connection.prototype, "send").mockImplementation((message) => sent.push(message) > 0);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const KEPT = JSON.stringify({ case: "a", ticket: "t" });
const SEATS = [
  ["tolkebot.staff", (): unknown => new StaffApp({ querySelectorAll: () => [] } as never)],
  ["tolkebot.tablet", (): unknown => new TabletApp({ querySelectorAll: () => [] } as never)],
] as const;

function load(name: string, page: () => unknown): ConversationClient {
  tab.setItem(name, KEPT);
  const { client } = page() as { client: unknown };
  (client as { linkChanged(link: Link): void }).linkChanged({ kind: "open" });
  return client as ConversationClient;
}

/** What the server was told last of the voice. */
const told = (): unknown => sent.filter(({ type }) => type === "devices").at(-1);

test.each(SEATS)("both sides know before the first sentence that it would not be heard (%s)", (...seat) => {
  const client = load(...seat);
  vi.advanceTimersByTime(600);
  expect(client.state.player.blocked).toBe(true);
  expect(told()).toMatchObject({ voice: false });
});

test.each(SEATS)("a press lets it out (%s)", async (...seat) => {
  const client = load(...seat);
  vi.advanceTimersByTime(600);
  client.unlockSound();
  await vi.advanceTimersByTimeAsync(0);
  expect(client.state.player.blocked).toBe(false);
  expect(told()).toMatchObject({ voice: true });
});

test.each(SEATS)("a press before that is what counts (%s)", async (...seat) => {
  const client = load(...seat);
  client.unlockSound();
  await vi.advanceTimersByTimeAsync(600);
  expect(client.state.player.blocked).toBe(false);
});

test.each(SEATS)("nothing is said where the browser lets it out, be it a moment later (%s)", (...seat) => {
  const client = load(...seat);
  vi.advanceTimersByTime(100);
  Context.made[0]?.begin();
  vi.advanceTimersByTime(600);
  expect(client.state.player.blocked).toBe(false);
  expect(Context.made.map(({ state }) => state)).toEqual(["closed"]);
  expect(sent.filter((one) => one.type === "devices" && !one.voice)).toEqual([]);
});
