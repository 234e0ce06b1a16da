import { beforeEach, describe, expect, test } from "vitest";
import { ApiFailure } from "../../src/protocol/api";
import {
  CONNECT_WITHIN_MS,
  Connection,
  socketUrl,
  type Link,
  type SpeechHeader,
  type Surroundings,
} from "../../src/protocol/connection";
import {
  afterClose,
  backoff,
  codeOfClose,
  ERROR_CODES,
  LONGEST_DELAY_MS,
} from "../../src/protocol/policy";
import { TicketStore, type TextStore } from "../../src/protocol/ticket-store";
import type { ServerMessage } from "../../src/protocol/types";

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  binaryType = "";
  bufferedAmount = 0;
  closed = false;
  readonly sent: unknown[] = [];

  send(data: unknown): void {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }
  close(): void {
    this.closed = true;
  }
  tell(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function memory(): TextStore {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

function welcome(ticket: string, seq = 1): ServerMessage {
  return {
    type: "welcome",
    protocol: "tolkebot.v1",
    case: "a",
    role: "staff",
    lang: "da",
    seq,
    resume_ticket: ticket,
  };
}

let sockets: FakeSocket[];
let links: Link[];
let messages: ServerMessage[];
let speech: [SpeechHeader, ArrayBuffer][];
let timers: { run: () => void; ms: number }[];
let store: TextStore;
let tickets: TicketStore;
let seq: number;
let connection: Connection;
/** What the server says to who asks for a new ticket. */
let answer: () => Promise<string>;
/** For which case, and as whom, it was asked for one. */
let askedFor: [string, string][];

beforeEach(() => {
  sockets = [];
  links = [];
  messages = [];
  speech = [];
  timers = [];
  askedFor = [];
  seq = 0;
  store = memory();
  tickets = new TicketStore("t", store, "citizen");
  tickets.save({ case: "a", ticket: "first" });
  const around: Surroundings = {
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    setTimer: (run, ms) => timers.push({ run, ms }),
    clearTimer: (timer) => void delete timers[timer - 1],
    random: () => 0,
    newTicket: (id, seat) => {
      askedFor.push([id, seat]);
      return answer();
    },
  };
  answer = () => Promise.reject(new ApiFailure("not_allowed", "no session", null, 403));
  connection = new Connection(
    "ws://x/api/ws",
    tickets,
    {
      onLink: (link) => links.push(link),
      onMessage: (message) => messages.push(message),
      onSpeech: (header, pcm) => speech.push([header, pcm]),
      lastSeq: () => seq,
    },
    around,
  );
});

/** The times that are still waited for. */
function pending(): number[] {
  // Cleared ones are holes.
  return timers.filter(() => true).map(({ ms }) => ms);
}

/** How long it was waited between attempts. */
function waits(): number[] {
  return pending().filter((ms) => ms !== CONNECT_WITHIN_MS);
}

function socket(n: number): FakeSocket {
  const found = sockets[n];
  if (found === undefined) throw new Error(`no socket ${n}`);
  return found;
}

describe("Connection", () => {
  test("greets with the kept ticket, and after a break with the new one and the last event", () => {
    connection.start();
    socket(0).onopen?.();
    expect(socket(0).sent).toEqual([{ type: "hello", ticket: "first" }]);
    socket(0).tell(welcome("second"));
    expect(links.at(-1)).toEqual({ kind: "open" });
    seq = 7;
    socket(0).onclose?.({ code: 1006 });
    expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
    timers.at(-1)?.run();
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([{ type: "hello", ticket: "second", resume_after: 7 }]);
    // A reload finds the newest ticket, too.
    expect(new TicketStore("t", store, "citizen").load()?.ticket).toBe("second");
  });

  test("waits longer each time, and starts over after a welcome", () => {
    connection.start();
    for (let n = 0; n < 3; n += 1) {
      socket(n).onclose?.({ code: 1006 });
      timers.at(-1)?.run();
    }
    expect(waits()).toEqual([500, 1000, 2000]);
    socket(3).tell(welcome("x"));
    socket(3).onclose?.({ code: 1006 });
    expect(timers.at(-1)?.ms).toBe(500);
  });

  test("stops where only a person can go on, whether told by message or by close code", () => {
    connection.start();
    socket(0).tell({ type: "error", code: "replaced", message: "", fatal: true });
    socket(0).onclose?.({ code: 1006 });
    expect(links.at(-1)).toEqual({ kind: "stopped", code: "replaced" });
    connection.start();
    socket(1).onclose?.({ code: 4012 });
    expect(links.at(-1)).toEqual({ kind: "stopped", code: "idle_timeout" });
    expect(pending()).toEqual([]);
  });

  test("an attempt that hangs is given up and made anew, before and after it is greeted", () => {
    connection.start();
    expect(pending()).toEqual([CONNECT_WITHIN_MS]);
    timers.at(-1)?.run();
    expect(socket(0).closed).toBe(true);
    expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
    timers.at(-1)?.run();
    expect(sockets).toHaveLength(2);
    // It is there after all: the welcome has its own time.
    const unanswered = timers.length;
    socket(1).onopen?.();
    expect(timers[unanswered - 1]).toBeUndefined();
    timers.at(-1)?.run();
    expect(socket(1).closed).toBe(true);
    timers.at(-1)?.run();
    socket(2).onopen?.();
    socket(2).tell(welcome("x"));
    // One that is welcomed is left alone, and so is one that was left.
    expect(pending().filter((ms) => ms === CONNECT_WITHIN_MS)).toHaveLength(2);
    expect(timers.at(-1)).toBeUndefined();
    connection.close();
    connection.start();
    connection.close();
    expect(timers.at(-1)).toBeUndefined();
    expect(links.at(-1)).toEqual({ kind: "closed" });
  });

  test("a lost ticket is replaced once, for who has a session", async () => {
    let asked = 0;
    answer = () => {
      asked += 1;
      return Promise.resolve(`fresh-${asked}`);
    };
    connection.start();
    socket(0).onclose?.({ code: 4003 });
    expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
    await Promise.resolve();
    await Promise.resolve();
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([{ type: "hello", ticket: "fresh-1" }]);
    // Refused again: asking more would not help.
    socket(1).onclose?.({ code: 4003 });
    expect(links.at(-1)).toEqual({ kind: "stopped", code: "bad_ticket" });
    expect(asked).toBe(1);
    // As what this page is: the browser may have the other side's open, too.
    expect(askedFor).toEqual([["a", "citizen"]]);
    // After a welcome it may be asked for again.
    connection.start();
    socket(2).tell(welcome("x"));
    socket(2).onclose?.({ code: 4003 });
    expect(asked).toBe(2);
  });

  test("while nothing can be saved a new ticket is asked for, and the old one goes on without it", async () => {
    answer = () => Promise.resolve("fresh");
    connection.start();
    socket(0).onclose?.({ code: 4010 });
    await Promise.resolve();
    await Promise.resolve();
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([{ type: "hello", ticket: "fresh" }]);
    socket(1).tell(welcome("x"));
    // Once it is in, it comes back with what it was given.
    socket(1).onclose?.({ code: 4010 });
    expect(askedFor).toHaveLength(1);
    timers.filter(() => true).at(-1)?.run();
    answer = () => Promise.reject(new ApiFailure("not_allowed", "no session", null, 403));
    socket(2).onclose?.({ code: 4010 });
    await Promise.resolve();
    await Promise.resolve();
    expect(askedFor).toHaveLength(2);
    expect(links.at(-1)).toEqual({ kind: "waiting", code: "not_saved" });
    timers.filter(() => true).at(-1)?.run();
    socket(3).onopen?.();
    expect(socket(3).sent).toEqual([{ type: "hello", ticket: "x" }]);
  });

  test("whoever signed in again goes on, and nobody else", async () => {
    answer = () => Promise.resolve("fresh");
    connection.start();
    socket(0).onclose?.({ code: 4014 });
    await Promise.resolve();
    await Promise.resolve();
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([{ type: "hello", ticket: "fresh" }]);
    socket(1).tell(welcome("x"));
    answer = () => Promise.reject(new ApiFailure("signed_out", "sign in", null, 401));
    socket(1).onclose?.({ code: 4014 });
    await Promise.resolve();
    await Promise.resolve();
    expect(links.at(-1)).toEqual({ kind: "stopped", code: "signed_out" });
    expect(sockets).toHaveLength(2);
  });

  test("a lost ticket without a session stops", async () => {
    connection.start();
    socket(0).onclose?.({ code: 4003 });
    await Promise.resolve();
    await Promise.resolve();
    expect(links.at(-1)).toEqual({ kind: "stopped", code: "bad_ticket" });
    expect(sockets).toHaveLength(1);
  });

  test("a lost ticket is asked for until the server answers", async () => {
    const failures = [
      new ApiFailure("unreachable", "no network"),
      new ApiFailure("not_saved", "no store", null, 503),
      new ApiFailure("unexpected", "a proxy's page", null, 502),
      new ApiFailure("too_fast", "later", null, 429),
    ];
    answer = () => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve("fresh") : Promise.reject(failure);
    };
    connection.start();
    for (let n = 0; n < 4; n += 1) {
      socket(n).onclose?.({ code: 4003 });
      await Promise.resolve();
      await Promise.resolve();
      expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
      timers.at(-1)?.run();
    }
    expect(waits()).toEqual([500, 1000, 2000, 4000]);
    socket(4).onclose?.({ code: 4003 });
    await Promise.resolve();
    await Promise.resolve();
    socket(5).onopen?.();
    expect(socket(5).sent).toEqual([{ type: "hello", ticket: "fresh" }]);
    // The case is still known after all of that.
    expect(tickets.load()?.case).toBe("a");
  });

  test("sends nothing before the welcome or after the end", () => {
    connection.start();
    expect(connection.send({ type: "end_audio" })).toBe(false);
    socket(0).tell(welcome("x"));
    expect(connection.send({ type: "end_audio" })).toBe(true);
    socket(0).onclose?.({ code: 1006 });
    expect(connection.send({ type: "end_audio" })).toBe(false);
    expect(connection.sendSound(new ArrayBuffer(2))).toBe(false);
  });

  test("gives sound up when the network cannot take it", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    expect(connection.sendSound(new ArrayBuffer(2))).toBe(true);
    socket(0).bufferedAmount = 1_000_000;
    expect(connection.sendSound(new ArrayBuffer(2))).toBe(false);
  });

  test("knows whether sound was lost with the socket", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    connection.sendSound(new ArrayBuffer(2));
    socket(0).bufferedAmount = 2_000;
    socket(0).onclose?.({ code: 1006 });
    expect(connection.leftUnsent()).toBe(false);
    connection.start();
    socket(1).tell(welcome("y"));
    connection.sendSound(new ArrayBuffer(2));
    socket(1).bufferedAmount = 64_000;
    connection.networkLost();
    expect(connection.leftUnsent()).toBe(true);
    expect(connection.leftUnsent()).toBe(false);
  });

  test("after a long absence an open connection is made anew, after a short one it is kept", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    connection.wake();
    connection.wake(9_000);
    expect(sockets).toHaveLength(1);
    connection.wake(11_000);
    expect(socket(0).closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  test("a message that nothing answers means that the network is gone", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    // Nothing is waited for, and the microphone's messages are not answered.
    connection.send({ type: "start_audio", sample_rate: 16_000 });
    for (let at = 0; at < 60_000; at += 1_000) connection.look(at);
    expect(links.at(-1)?.kind).toBe("open");
    connection.send({ type: "end_conversation" });
    connection.look(60_000);
    connection.look(69_000);
    // Anything that comes says that it is there.
    socket(0).tell({ type: "presence", staff: 1, citizen: 1 });
    connection.look(75_000);
    expect(links.at(-1)?.kind).toBe("open");
    connection.send({ type: "end_conversation" });
    connection.look(80_000);
    connection.look(89_000);
    expect(links.at(-1)?.kind).toBe("open");
    connection.look(90_000);
    expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
    // The next one has nothing to answer for.
    timers.at(-1)?.run();
    socket(1).tell(welcome("y"));
    connection.look(91_000);
    connection.look(120_000);
    expect(links.at(-1)?.kind).toBe("open");
  });

  test("sound that does not go out for a while means that the network is gone", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    connection.sendSound(new ArrayBuffer(2));
    // A slow network still moves.
    for (let at = 0; at < 60; at += 1) {
      socket(0).bufferedAmount = 100_000 - at;
      connection.look(at * 1_000);
    }
    expect(links.at(-1)?.kind).toBe("open");
    for (let at = 60; at < 71; at += 1) connection.look(at * 1_000);
    expect(links.at(-1)).toEqual({ kind: "waiting", code: null });
  });

  test("a piece of speech belongs to the message right before it", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    const header: SpeechHeader = {
      type: "speech",
      utterance: 3,
      lang: "da",
      sample_rate: 24_000,
      piece: 0,
      last: true,
    };
    socket(0).tell(header);
    socket(0).onmessage?.({ data: new ArrayBuffer(4) });
    socket(0).onmessage?.({ data: new ArrayBuffer(6) }); // Not announced.
    expect(speech.map(([its, pcm]) => [its.utterance, pcm.byteLength])).toEqual([[3, 4]]);
  });

  test("nothing is heard from a socket that was left", () => {
    connection.start();
    const old = socket(0);
    connection.resync();
    expect(sockets).toHaveLength(1); // Not open yet: the attempt goes on.
    old.tell(welcome("x"));
    connection.resync();
    expect(old.closed).toBe(true);
    old.tell({ type: "presence", staff: 9, citizen: 9 });
    expect(messages.map((message) => message.type)).toEqual(["welcome"]);
  });

  test("without a ticket there is nothing to connect with", () => {
    tickets.clear();
    connection.start();
    expect(links).toEqual([{ kind: "stopped", code: "bad_ticket" }]);
    expect(sockets).toHaveLength(0);
  });

  test("the network's return shortens the wait", () => {
    connection.start();
    socket(0).tell(welcome("x"));
    connection.networkLost();
    expect(links.at(-1)?.kind).toBe("waiting");
    connection.wake();
    expect(sockets).toHaveLength(2);
  });
});

describe("policy", () => {
  test("close codes are those of the protocol", () => {
    expect(codeOfClose(4000)).toBe("bad_message");
    expect(codeOfClose(4008)).toBe("busy");
    expect(codeOfClose(4013)).toBe("shutting_down");
    expect(codeOfClose(4014)).toBe("signed_out");
    // Too slow a connection: as any lost one.
    expect(codeOfClose(4100)).toBeNull();
    expect(codeOfClose(1006)).toBeNull();
    expect(new Set(ERROR_CODES).size).toBe(15);
  });

  test("waiting grows to a limit and is spread", () => {
    expect(backoff(50, 0)).toBe(LONGEST_DELAY_MS);
    expect(backoff(0, 1)).toBeLessThan(backoff(0, 0));
    expect(backoff(0, 1)).toBeGreaterThan(0);
  });

  test("a client's own faults are not repeated for ever", () => {
    expect(afterClose("bad_message", 0, 0).kind).toBe("retry");
    expect(afterClose("bad_message", 9, 0).kind).toBe("stop");
    expect(afterClose(null, 99, 0).kind).toBe("retry");
  });

  test("the socket is as secure as the page", () => {
    expect(socketUrl({ protocol: "https:", host: "t.dk" })).toBe("wss://t.dk/api/ws");
    expect(socketUrl({ protocol: "http:", host: "localhost:1" })).toBe("ws://localhost:1/api/ws");
  });
});

describe("TicketStore", () => {
  test("renewing keeps the pairing of the same case only", () => {
    const pairing = { code: "1", url: "", qr_svg: "", expires_in_s: 1, expires_at: 5, after: 0 };
    tickets.save({ case: "a", ticket: "1", pairing });
    tickets.renew("a", "2");
    expect(tickets.load()).toEqual({ case: "a", ticket: "2", pairing });
    tickets.renew("b", "3");
    expect(tickets.load()).toEqual({ case: "b", ticket: "3" });
  });

  test("a conversation that a person takes back is this screen's at once", () => {
    tickets.markReplaced();
    expect(tickets.load()?.replaced).toBe(true);
    connection.start();
    expect(tickets.load()).toEqual({ case: "a", ticket: "first" });
  });

  test("works without storage, and with rubbish in it", () => {
    const none = new TicketStore("t", null, "citizen");
    none.save({ case: "a", ticket: "1" });
    expect(none.load()?.ticket).toBe("1");
    none.clear();
    expect(none.load()).toBeNull();
    for (const rubbish of ["{", "null", "7", '{"case":1}']) {
      store.setItem("t", rubbish);
      expect(tickets.load()).toBeNull();
    }
    const refusing: TextStore = {
      getItem: () => {
        throw new Error("no");
      },
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => undefined,
    };
    const full = new TicketStore("t", refusing, "citizen");
    full.save({ case: "a", ticket: "1" });
    expect(full.load()?.ticket).toBe("1");
  });
});
