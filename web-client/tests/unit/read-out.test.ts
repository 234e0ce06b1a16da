// The form that is read out on the tablet: when the voice goes on with it, and when not.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Player } from "../../src/audio/player";
import { ConversationClient } from "../../src/client/conversation-client";
import { ReadOut } from "../../src/client/read-out";
import { Connection, type ConnectionListener } from "../../src/protocol/connection";
import { emptyConversation, type Conversation, type Line } from "../../src/protocol/fold";
import { TicketStore } from "../../src/protocol/ticket-store";
import type { CaseEvent, ServerMessage, StageView } from "../../src/protocol/types";
import { FakeMedia, fakeStore } from "./fake-media";

/** A conversation in which the utterances 1 and 2 were said. */
function at(state: StageView["state"]): Conversation {
  const lines = [1, 2].map((id) => ({ id }) as Line);
  return { ...emptyConversation(), lines, stage: { state } as StageView };
}

const READING = at("read_back");

function event(kind: CaseEvent["kind"], seq = 1): ServerMessage {
  return { type: "event", seq, at: "2026-12-01T09:00:00Z", actor: "staff", kind, digest: "d" } as ServerMessage;
}

const STAGE = { type: "stage" } as ServerMessage;

describe("a sentence of the form", () => {
  test("is not heard once the person has stopped the reading, and what is said is", () => {
    const readOut = new ReadOut();
    expect(readOut.hear({ utterance: 7, piece: 0 }, READING)).toBe("next");
    readOut.stop(READING);
    expect(readOut.hear({ utterance: 8, piece: 0 }, READING)).toBe("not");
    expect(readOut.hear({ utterance: 2, piece: 0 }, READING)).toBe("next");
  });

  test("is heard again once it is asked for, given anew, or there is another reading", () => {
    const again = (readOut: ReadOut): void => readOut.again();
    const given = (readOut: ReadOut): void => void readOut.isOver(READING, event("read_back_given"), READING);
    const left = (readOut: ReadOut): void => void readOut.isOver(READING, STAGE, at("open"));
    for (const goesOn of [again, given, left]) {
      const readOut = new ReadOut();
      readOut.stop(READING);
      goesOn(readOut);
      expect(readOut.hear({ utterance: 8, piece: 0 }, READING)).not.toBe("not");
    }
  });

  test("is not taken for one while words that were said cannot be stored", () => {
    const readOut = new ReadOut();
    readOut.stop(READING);
    readOut.trouble("not_saved");
    expect(readOut.hear({ utterance: 3, piece: 0 }, READING)).toBe("next");
  });

  test("comes instead of the others when the form is read from the beginning", () => {
    const readOut = new ReadOut();
    readOut.again();
    // The rest of what was being read before.
    expect(readOut.hear({ utterance: 8, piece: 3 }, READING)).toBe("next");
    expect(readOut.hear({ utterance: 2, piece: 0 }, READING)).toBe("next");
    expect(readOut.hear({ utterance: 9, piece: 0 }, READING)).toBe("instead");
    expect(readOut.hear({ utterance: 10, piece: 0 }, READING)).toBe("next");
  });

  test("is not lost when the server says that it is still reading", () => {
    const readOut = new ReadOut();
    readOut.again();
    readOut.trouble("too_fast");
    expect(readOut.hear({ utterance: 9, piece: 0 }, READING)).toBe("next");
  });
});

test("a reading is over when it is doubted, given anew or left", () => {
  const over = (message: ServerMessage, before: Conversation, now: Conversation): boolean =>
    new ReadOut().isOver(before, message, now);
  expect(over(event("read_back_doubted"), READING, READING)).toBe(true);
  expect(over(event("read_back_given"), READING, READING)).toBe(true);
  for (const state of ["open", "signed", "cancelled"] as const) expect(over(STAGE, READING, at(state))).toBe(true);
  // Not when it begins, is confirmed, or somebody talks.
  expect(over(event("read_back_given"), at("open"), at("open"))).toBe(false);
  expect(over(STAGE, at("open"), READING)).toBe(false);
  expect(over(STAGE, READING, READING)).toBe(false);
  expect(over(event("read_back_confirmed"), READING, READING)).toBe(false);
  expect(over(event("translation_settled"), READING, READING)).toBe(false);
});

describe("on the tablet", () => {
  let client: ConversationClient;
  let server: ConnectionListener;
  let did: unknown[];

  beforeEach(() => {
    const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
    vi.stubGlobal("window", { ...quiet, localStorage: fakeStore(), sessionStorage: fakeStore() });
    vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible" });
    vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
    vi.spyOn(Connection.prototype, "send").mockReturnValue(true);
    did = [];
    vi.spyOn(Player.prototype, "play").mockImplementation(({ utterance }) => void did.push(utterance));
    vi.spyOn(Player.prototype, "stop").mockImplementation(() => void did.push("stop"));
    vi.spyOn(Player.prototype, "forget").mockImplementation((unwanted) =>
      void did.push([1, 2, 7, 8].filter(unwanted)),
    );
    const box = { now: () => "", keep: () => {} };
    client = new ConversationClient("ws://x", new TicketStore("t", null, "citizen"), () => {}, () => {}, () => {}, box);
    client.state = { ...client.state, conversation: READING };
    server = (client as unknown as { connection: { listener: ConnectionListener } }).connection.listener;
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  function speaks(...utterances: number[]): void {
    for (const utterance of utterances) {
      server.onSpeech({ type: "speech", utterance, lang: "uk", sample_rate: 24_000, piece: 0, last: true }, new ArrayBuffer(2));
    }
  }

  test("the voice does not read on after it was stopped", () => {
    speaks(7);
    client.silence();
    speaks(8, 2);
    expect(did).toEqual([7, "stop", 2]);
  });

  test("what was corrected is not read out although it had come, and what was said is heard", () => {
    server.onMessage({ ...STAGE, ...at("open").stage } as ServerMessage);
    expect(did).toEqual([[7, 8]]);
  });

  test("a reading that is asked for again begins in place of the old one, which has no hole if that is refused", () => {
    client.readAgain();
    server.onMessage({ type: "error", code: "too_fast", message: "", fatal: false });
    speaks(7);
    client.readAgain();
    speaks(8);
    expect(did).toEqual([7, "stop", 8]);
  });
});
