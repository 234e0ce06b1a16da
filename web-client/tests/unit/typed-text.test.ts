import { beforeEach, describe, expect, test } from "vitest";
import { ECHO_BEHIND_MS, ECHO_WITHIN_MS, FREED_AFTER_MS, newTextId, TypedTexts } from "../../src/client/typed-text";
import { emptyConversation, type Conversation } from "../../src/protocol/fold";
import { KeptText, type TextStore } from "../../src/protocol/ticket-store";
import type { ClientMessage, ErrorCode, ServerMessage, Speaker, UtteranceSource } from "../../src/protocol/types";

const STAFF = { role: "staff" as const };
const RUNS: Conversation = { ...emptyConversation(), role: "staff", seq: 7, caughtUpAt: 7 };

let texts: Map<string, string>;
let draft: string;
let sent: [text: string, id: string | undefined][];
let online: boolean;
let behind: boolean;
let lost: number;
let now: number;
let names: number;

beforeEach(() => {
  texts = new Map();
  draft = "";
  sent = [];
  online = true;
  behind = false;
  lost = 0;
  now = 0;
  names = 0;
});

/** A page: made again, it is loaded anew. */
function page(of = "case-1"): TypedTexts {
  const store: TextStore = {
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => void texts.set(name, text),
    removeItem: (name) => void texts.delete(name),
  };
  const typed = new TypedTexts({
    kept: new KeptText("typed", store),
    box: { now: () => draft, keep: (text) => void (draft = text) },
    send: (message: ClientMessage) => {
      if (online && message.type === "type_text") sent.push([message.text, message.id]);
      return online;
    },
    asksBehind: () => behind,
    onLost: () => void (lost += 1),
    newId: () => `t${(names += 1)}`,
    now: () => now,
  });
  typed.resume(of);
  return typed;
}

function type(typed: TypedTexts, text: string): boolean {
  draft = text;
  return typed.type(text, true, 7);
}

function settled(
  seq: number,
  text: string,
  sentAs?: string,
  speaker: Speaker = "staff",
  source: UtteranceSource = "typed",
): ServerMessage {
  const utterance = { id: 1, speaker, lang: "da" as const, text, source, start_ms: 0, end_ms: 0, confidence: 1 };
  const name = sentAs === undefined ? {} : { sent_as: sentAs };
  return { type: "event", seq, at: "2026-11-24T09:00:00Z", actor: speaker, kind: "utterance_settled", ...utterance, ...name };
}

const taken = (id: string): ServerMessage => ({ type: "text_taken", id });
const error = (code: ErrorCode): ServerMessage => ({ type: "error", code, message: "x", fatal: false });
const shown = (text: string, settled_chars = text.length, speaker: Speaker = "staff"): ServerMessage => {
  return { type: "partial", speaker, lang: "da", text, settled_chars, start_ms: 0 };
};

/** The next connection has told everything. */
function back(typed: TypedTexts, conversation = RUNS): void {
  typed.broken();
  typed.caughtUp(conversation);
}

describe("typed text has arrived", () => {
  test("with its event, whether or not it was said before that it was taken", () => {
    for (const answers of [[], [taken("t1")]]) {
      names = 0;
      const typed = page();
      expect(type(typed, "Ja.")).toBe(true);
      expect([typed.waits, typed.underWay]).toEqual([true, true]);
      for (const answer of answers) typed.heard(answer, STAFF);
      expect(draft).toBe("Ja.");
      expect(typed.heard(settled(8, "Ja.", "t1"), STAFF)).toBe(true);
      expect([typed.waits, typed.underWay, draft, texts.size]).toEqual([false, false, "", 0]);
      // Said after the event, it is about nothing any more.
      expect(typed.heard(taken("t1"), STAFF)).toBe(false);
      back(typed);
      expect(sent.splice(0)).toEqual([["Ja.", "t1"]]);
    }
  });

  test("not with another name, another side or the same words of before", () => {
    const typed = page();
    type(typed, "Ja.");
    expect(typed.heard(settled(8, "Ja.", "other"), STAFF)).toBe(false);
    expect(typed.heard(settled(8, "Ja.", "t1", "citizen"), STAFF)).toBe(false);
    expect(typed.heard(settled(7, "Ja."), STAFF)).toBe(false);
    expect(typed.waits).toBe(true);
  });

  test("from a server that names nothing, with its words", () => {
    const typed = page();
    type(typed, "Ja.");
    expect(typed.heard(settled(8, "Nej."), STAFF)).toBe(false);
    expect(typed.heard(settled(8, "Ja.", undefined, "citizen"), STAFF)).toBe(false);
    expect(typed.heard(settled(8, "Ja.", undefined, "staff", "speech"), STAFF)).toBe(false);
    expect(typed.heard(settled(8, "Ja."), STAFF)).toBe(true);
    expect(typed.waits).toBe(false);
    // Where it was said that it was taken, only the name counts.
    type(typed, "Ja.");
    typed.heard(taken("t2"), STAFF);
    expect(typed.heard(settled(9, "Ja."), STAFF)).toBe(false);
  });

  test("and the same words after it are new ones", () => {
    const typed = page();
    for (const id of ["t1", "t2"]) {
      type(typed, "Ja.");
      typed.heard(settled(8, "Ja.", id), STAFF);
    }
    expect(sent).toEqual([["Ja.", "t1"], ["Ja.", "t2"]]);
  });
});

describe("the connection", () => {
  test("is dead if nothing answers, later if other things were in front", () => {
    const typed = page();
    type(typed, "Ja.");
    now = ECHO_WITHIN_MS - 1;
    expect(typed.look()).toBe(false);
    now += 1;
    expect(typed.look()).toBe(true);
    behind = true;
    expect(typed.look()).toBe(false);
    behind = false;
    now += ECHO_BEHIND_MS - 1;
    expect(typed.look()).toBe(false);
    now += 1;
    expect(typed.look()).toBe(true);
    typed.broken();
    expect(typed.look()).toBe(false);
  });

  test("is not cut for what the server has; after a while the next may be typed, and nothing is forgotten", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(taken("t1"), STAFF);
    expect([typed.waits, typed.underWay]).toEqual([true, false]);
    now = FREED_AFTER_MS;
    expect(typed.look()).toBe(false);
    expect([typed.waits, draft]).toEqual([false, ""]);
    now = 600_000;
    expect(typed.look()).toBe(false);
    type(typed, "Nej.");
    back(typed);
    expect(sent.slice(2)).toEqual([["Ja.", "t1"], ["Nej.", "t2"]]);
    typed.heard(settled(8, "Ja.", "t1"), STAFF);
    expect(draft).toBe("Nej.");
    typed.heard(settled(9, "Nej.", "t2"), STAFF);
    expect([draft, texts.size]).toEqual(["", 0]);
  });

  test("shows words that cannot be stored: then the box is free at once", () => {
    const typed = page();
    type(typed, "Ja.");
    expect(typed.heard(shown("Ja.", 2), STAFF)).toBe(false);
    expect(typed.heard(shown("Ja.", 3, "citizen"), STAFF)).toBe(false);
    expect(typed.heard(shown("Ja."), STAFF)).toBe(true);
    expect([typed.waits, typed.underWay, draft]).toEqual([false, true, ""]);
    back(typed);
    expect(sent).toEqual([["Ja.", "t1"], ["Ja.", "t1"]]);
  });
});

describe("after a break", () => {
  test("what is not among all that is told is sent again under its name, taken or not, once a connection", () => {
    for (const answers of [[], [taken("t1")]]) {
      names = 0;
      sent = [];
      const typed = page();
      type(typed, "Ja.");
      for (const answer of answers) typed.heard(answer, STAFF);
      typed.broken();
      typed.caughtUp({ ...RUNS, caughtUpAt: 9 });
      typed.caughtUp({ ...RUNS, gap: true });
      expect(sent).toHaveLength(1);
      typed.caughtUp(RUNS);
      typed.caughtUp(RUNS);
      expect(sent).toEqual([["Ja.", "t1"], ["Ja.", "t1"]]);
      expect([draft, lost, typed.waits]).toEqual(["Ja.", 0, true]);
      typed.heard(settled(8, "Ja.", "t1"), STAFF);
    }
  });

  test("what is told as arrived is not sent again", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.broken();
    typed.heard(settled(8, "Ja.", "t1"), STAFF);
    typed.caughtUp({ ...RUNS, seq: 8, caughtUpAt: 8 });
    expect([sent.length, draft]).toEqual([1, ""]);
  });

  test("what nobody takes any more is told as lost, and is back in the box", () => {
    for (const over of [{ ended: true }, { cancelled: true }]) {
      lost = 0;
      const typed = page();
      type(typed, "Ja.");
      typed.heard(shown("Ja."), STAFF);
      expect(draft).toBe("");
      back(typed, { ...RUNS, ...over });
      expect([lost, draft, typed.waits, texts.size]).toEqual([1, "Ja.", false, 0]);
    }
    expect(sent).toHaveLength(2);
  });

  test("a connection that is gone again leaves it for the next", () => {
    const typed = page();
    type(typed, "Ja.");
    online = false;
    back(typed);
    online = true;
    typed.caughtUp(RUNS);
    expect(sent).toHaveLength(2);
  });

  test("without a connection nothing is sent later by itself: it is still in the box, and the person knows", () => {
    const typed = page();
    online = false;
    expect(type(typed, "Ja.")).toBe(false);
    expect([typed.waits, draft, texts.size]).toEqual([false, "Ja.", 0]);
  });
});

describe("a reload", () => {
  test("sends again under the same name, and empties the box when it arrives", () => {
    type(page(), "Ja.");
    const again = page();
    expect(again.waits).toBe(true);
    again.caughtUp(RUNS);
    expect(sent).toEqual([["Ja.", "t1"], ["Ja.", "t1"]]);
    again.heard(settled(8, "Ja.", "t1"), STAFF);
    expect([draft, texts.size]).toEqual(["", 0]);
  });

  test("finds it in all that is told anew", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(taken("t1"), STAFF);
    const again = page();
    again.heard(settled(3, "Ja.", "older"), STAFF);
    again.heard(settled(8, "Ja.", "t1"), STAFF);
    again.caughtUp(RUNS);
    expect([sent.length, draft]).toEqual([1, ""]);
  });

  test("does not send what was refused, nor what belongs to another case or cannot be read", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(error("not_allowed"), STAFF);
    const again = page();
    again.caughtUp(RUNS);
    expect([sent.length, again.waits]).toEqual([1, false]);
    // Sent again by the person, it has its name.
    type(again, "Ja.");
    expect(sent[1]).toEqual(["Ja.", "t1"]);
    page("case-2").caughtUp(RUNS);
    expect([sent.length, texts.size]).toEqual([2, 0]);
    for (const text of ["", "{", "7", '{"case":"case-1"}', '{"case":"case-1","texts":[7,null,{"id":"a"}]}']) {
      texts.set("typed", text);
      page().caughtUp(RUNS);
    }
    expect(sent).toHaveLength(2);
  });
});

describe("what the server refuses", () => {
  test("stays in the box, is not sent by itself, and changed by the person it is new", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(error("too_fast"), STAFF);
    expect([typed.waits, typed.underWay, draft]).toEqual([false, false, "Ja."]);
    now = ECHO_WITHIN_MS;
    expect(typed.look()).toBe(false);
    back(typed);
    type(typed, "Ja tak.");
    expect(sent).toEqual([["Ja.", "t1"], ["Ja tak.", "t2"]]);
  });

  test("may have been something else: it arrives all the same", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(error("engine_failed"), STAFF);
    typed.heard(taken("t1"), STAFF);
    expect(typed.waits).toBe(true);
    back(typed);
    expect(sent).toHaveLength(2);
    typed.heard(error("busy"), STAFF);
    typed.heard(settled(8, "Ja.", "t1"), STAFF);
    expect([draft, texts.size]).toEqual(["", 0]);
  });

  test("is not what the server has, and not what other errors are about", () => {
    const typed = page();
    type(typed, "Ja.");
    for (const code of ["not_saved", "bad_audio", "shutting_down", "slot_changed"] as const) {
      expect(typed.heard(error(code), STAFF)).toBe(false);
    }
    typed.heard(taken("t1"), STAFF);
    expect(typed.heard(error("engine_failed"), STAFF)).toBe(false);
    expect(typed.waits).toBe(true);
  });

  test("comes back in front of what was typed since, and goes from there if it arrives after all", () => {
    const typed = page();
    type(typed, "Ja.");
    typed.heard(shown("Ja."), STAFF);
    type(typed, "Nej.");
    typed.heard(shown("Nej."), STAFF);
    draft = "Må";
    back(typed);
    typed.heard(error("not_allowed"), STAFF);
    expect(draft).toBe("Ja.\nNej.\nMå");
    typed.heard(settled(8, "Ja.", "t1"), STAFF);
    typed.heard(settled(9, "Nej.", "t2"), STAFF);
    expect(draft).toBe("Må");
  });
});

test("a question that a button asked leaves the box alone", () => {
  const typed = page();
  draft = "Ja.";
  typed.type("Ja.", false, 7);
  typed.heard(settled(8, "Ja.", "t1"), STAFF);
  expect([typed.waits, draft]).toEqual([false, "Ja."]);
});

test("what is left with the case is forgotten", () => {
  const typed = page();
  type(typed, "Ja.");
  typed.forget();
  back(typed);
  expect([sent.length, texts.size, typed.waits]).toEqual([1, 0, false]);
});

test("a name is one that the server takes", () => {
  const made = new Set(Array.from({ length: 100 }, newTextId));
  expect(made.size).toBe(100);
  for (const id of made) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});
