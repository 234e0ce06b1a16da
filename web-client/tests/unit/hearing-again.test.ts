// A citizen who has turned the interpreter's voice off, and asks to hear something all the same.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ConversationClient } from "../../src/client/conversation-client";
import { texts } from "../../src/i18n/i18n";
import { Connection } from "../../src/protocol/connection";
import { emptyConversation, type Line } from "../../src/protocol/fold";
import { TicketStore } from "../../src/protocol/ticket-store";
import type { StageView } from "../../src/protocol/types";
import type { TabletContext } from "../../src/tablet/context";
import { signScreen } from "../../src/tablet/sign";
import { newestWords } from "../../src/tablet/talk";
import { FakeMedia, fakeStore } from "./fake-media";
import { press } from "./template-text";

const LINE: Line = {
  id: 1,
  speaker: "staff",
  lang: "da",
  text: "Hvornår flytter du?",
  source: "speech",
  start_ms: 0,
  end_ms: 1,
  confidence: 0.9,
  at: "2026-12-01T09:00:00Z",
  translation: { lang: "uk", text: "Коли ви переїжджаєте?", confidence: 0.9, warnings: [], verified: false },
  draft: null,
  lag: null,
};

const STAGE = {
  state: "read_back",
  digest: "d",
  read_back: [],
  read_back_confirmed: false,
  read_back_doubted: false,
  unread: [],
  signature: null,
} as unknown as StageView;

let sent: string[];
let client: ConversationClient;

beforeEach(() => {
  sent = [];
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  vi.stubGlobal("window", { ...quiet, localStorage: fakeStore(), sessionStorage: fakeStore() });
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible" });
  vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
  vi.spyOn(Connection.prototype, "send").mockImplementation(({ type }) => {
    sent.push(type);
    return true;
  });
  const box = { now: () => "", keep: () => {} };
  client = new ConversationClient("ws://x", new TicketStore("t", null, "citizen"), () => {}, () => {}, () => {}, box);
  client.setMuted(true);
  client.setVolume(0);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function tablet(): TabletContext {
  const conversation = { ...emptyConversation(), lines: [LINE], stage: STAGE };
  const state = { ...client.state, conversation, link: { kind: "open" } };
  return { t: texts("uk"), ui: "uk", state, client, view: {} } as unknown as TabletContext;
}

test("hears the sentence that is to be repeated", () => {
  press(newestWords(tablet()), "Повторити")();
  expect(client.state.player).toMatchObject({ muted: false, volume: 1 });
  expect(sent).toEqual(["speak_again"]);
});

test("hears the form that is to be read again", () => {
  press(signScreen(tablet()), "Прочитати ще раз")();
  expect(client.state.player).toMatchObject({ muted: false, volume: 1 });
  expect(sent).toEqual(["read_again"]);
});

test("as loudly as it was set, if it was", () => {
  client.setVolume(0.4);
  press(newestWords(tablet()), "Повторити")();
  expect(client.state.player).toMatchObject({ muted: false, volume: 0.4 });
});
