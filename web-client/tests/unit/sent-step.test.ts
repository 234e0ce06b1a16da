import { expect, test } from "vitest";
import type { ClientState } from "../../src/client/client-state";
import { SentStep, STEP_WITHIN_MS } from "../../src/client/sent-step";
import { emptyConversation } from "../../src/protocol/fold";
import type { StageView } from "../../src/protocol/types";

const STAGE = { state: "read_back", read_back_confirmed: false } as StageView;

function state(change: Partial<ClientState>, stage: Partial<StageView> = {}): ClientState {
  return {
    conversation: { ...emptyConversation(), stage: { ...STAGE, ...stage } },
    link: { kind: "open" },
    lastTrouble: null,
    ...change,
  } as ClientState;
}

test("a step is waited for until the case moves, the server says no, or it may be lost", () => {
  const before = state({ lastTrouble: { code: "busy", n: 2 } });
  const sent = new SentStep(before, 1_000);
  expect(sent.isAnswered(before, 1_000)).toBe(false);
  // The form is told again and again.
  const formTold = state({ lastTrouble: before.lastTrouble }, { digest: "2" });
  expect(sent.isAnswered(formTold, 2_000)).toBe(false);
  const { lastTrouble } = before;
  expect(sent.isAnswered(state({ lastTrouble }, { state: "open" }), 2_000)).toBe(true);
  expect(sent.isAnswered(state({ lastTrouble }, { read_back_confirmed: true }), 2_000)).toBe(true);
  expect(sent.isAnswered(state({ lastTrouble: { code: "slot_changed", n: 3 } }), 2_000)).toBe(true);
  expect(sent.isAnswered(state({ lastTrouble, link: { kind: "waiting", code: null } }), 2_000)).toBe(true);
  expect(sent.isAnswered(before, 1_000 + STEP_WITHIN_MS)).toBe(true);
});
