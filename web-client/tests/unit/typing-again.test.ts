// Typed text on a connection that breaks: what a screen sends, and what it tells the person.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TextStore } from "../../src/protocol/ticket-store";
import type { ClientMessage, ServerMessage } from "../../src/protocol/types";
import { FakeMedia, fakeStore } from "./fake-media";

const { ConversationClient } = await import("../../src/client/conversation-client");
const { TicketStore } = await import("../../src/protocol/ticket-store");

class FakeSocket {
  static made: FakeSocket[] = [];
  bufferedAmount = 0;
  closed = false;
  readonly sent: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    FakeSocket.made.push(this);
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientMessage);
  }
  close(): void {
    this.closed = true;
  }
  says(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  typed(): ClientMessage[] {
    return this.sent.filter(({ type }) => type === "type_text");
  }
}

let tab: TextStore;
let look: () => void;
let draft: string;
let client: InstanceType<typeof ConversationClient>;

/** Loads the page. */
function load(): void {
  const window = {
    addEventListener: () => {},
    setInterval: (run: () => void) => {
      look = run;
      return 0;
    },
    clearInterval: () => {},
    setTimeout,
    clearTimeout,
    localStorage: fakeStore(),
    sessionStorage: tab,
  };
  vi.stubGlobal("window", window);
  const tickets = new TicketStore("t", tab, "staff");
  tickets.save({ case: "c", ticket: "1" });
  const box = { now: () => draft, keep: (text: string) => void (draft = text) };
  client = new ConversationClient("ws://x", tickets, () => {}, () => {}, () => {}, box);
  client.start();
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  tab = fakeStore();
  draft = "";
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible" });
  vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
  load();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const socket = (): FakeSocket => FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket;
const codes = (): string[] => client.state.notices.map(({ code }) => code);

function welcome(seq = 0): void {
  socket().onopen?.();
  const who = { case: "c", role: "staff", lang: "da", resume_ticket: "2", authority: "A" } as const;
  socket().says({ type: "welcome", protocol: "tolkebot.v1", seq, ...who });
}

function pass(seconds: number): void {
  for (let i = 0; i < seconds; i += 1) {
    vi.advanceTimersByTime(1_000);
    look();
  }
}

/** Types, and gives the name that it went out with. */
function type(text: string): string {
  draft = text;
  client.type(text, true);
  const typed = socket().typed().at(-1);
  return typed?.type === "type_text" ? (typed.id ?? "") : "";
}

function settled(text: string, id: string): void {
  const event = { seq: 1, at: "2026-11-24T09:00:00Z", actor: "staff", kind: "utterance_settled" } as const;
  const said = { id: 1, speaker: "staff", lang: "da", text, source: "typed", start_ms: 0, end_ms: 0, confidence: 1 } as const;
  socket().says({ type: "event", ...event, ...said, sent_as: id });
}

test("a connection on which the text was taken is left alone, however long storing takes", () => {
  welcome();
  const id = type("Ja.");
  expect(client.state.typing).toBe(true);
  socket().says({ type: "text_taken", id });
  socket().says({ type: "error", code: "not_saved", message: "x", fatal: false });
  expect(client.state.typing).toBe(true);
  pass(60);
  expect([FakeSocket.made.length, socket().closed, client.state.typing, draft]).toEqual([1, false, false, ""]);
  settled("Ja.", id);
  expect([socket().typed().length, codes()]).toEqual([1, ["not_saved"]]);
});

test("one that does not answer is made anew, and the text goes out again under its name", () => {
  welcome();
  const id = type("Ja.");
  pass(11);
  expect(FakeSocket.made[0]?.closed).toBe(true);
  pass(5);
  welcome();
  expect(FakeSocket.made.length).toBeGreaterThan(1);
  expect(socket().typed()).toEqual([{ type: "type_text", text: "Ja.", id }]);
  expect([client.state.typing, draft, codes()]).toEqual([true, "Ja.", []]);
  settled("Ja.", id);
  expect([client.state.typing, draft]).toEqual([false, ""]);
});

test("a reload sends what is not told as arrived, and only that", () => {
  welcome();
  const id = type("Ja.");
  load();
  expect(client.state.typing).toBe(true);
  welcome(1);
  expect(socket().typed()).toEqual([]);
  settled("Ja.", id);
  expect([socket().typed(), client.state.typing, draft]).toEqual([[], false, ""]);
  const other = type("Nej.");
  load();
  welcome(1);
  settled("Ja.", id);
  expect(socket().typed()).toEqual([{ type: "type_text", text: "Nej.", id: other }]);
});

test("where the conversation ended meanwhile the person is told, as of what is refused", () => {
  welcome();
  type("Ja.");
  socket().onclose?.({ code: 1006 });
  pass(5);
  welcome(1);
  socket().says({ type: "event", seq: 1, at: "2026-11-24T09:00:00Z", actor: "staff", kind: "conversation_ended" });
  expect([socket().typed(), client.state.typing, draft, codes()]).toEqual([[], false, "Ja.", ["not_said"]]);
});

test("what is refused is told, stays in the box and may be changed", () => {
  welcome();
  const id = type("Ja.");
  socket().says({ type: "error", code: "too_fast", message: "x", fatal: false });
  expect([client.state.typing, draft, codes()]).toEqual([false, "Ja.", ["too_fast"]]);
  expect(type("Ja.")).toBe(id);
  socket().says({ type: "error", code: "too_fast", message: "x", fatal: false });
  expect(type("Ja tak.")).not.toBe(id);
});
