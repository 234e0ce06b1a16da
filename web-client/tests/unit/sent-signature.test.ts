import { expect, test } from "vitest";
import type { ClientState } from "../../src/client/client-state";
import { emptyConversation } from "../../src/protocol/fold";
import type { StageView } from "../../src/protocol/types";
import { SentSignature, SIGNATURE_LOST_MS } from "../../src/tablet/sent-signature";

const STAGE = { state: "read_back" } as StageView;

function state(change: Partial<ClientState>): ClientState {
  return {
    conversation: { ...emptyConversation(), stage: STAGE },
    link: { kind: "open" },
    lastTrouble: null,
    ...change,
  } as ClientState;
}

test("a signature counts as lost once that is known, and not before", () => {
  const sent = new SentSignature(state({}), 1_000);
  expect(sent.isLost(state({}), 1_000)).toBe(false);
  // Without an answer for long.
  expect(sent.isLost(state({}), 1_000 + SIGNATURE_LOST_MS)).toBe(true);
  const refused = state({ lastTrouble: { code: "slot_changed", n: 1 } });
  expect(sent.isLost(refused, 1_000)).toBe(true);
  // Trouble from before it was sent is not about it.
  expect(new SentSignature(refused, 1_000).isLost(refused, 1_000)).toBe(false);
  expect(sent.isLost(state({ link: { kind: "stopped", code: "replaced" } }), 1_000)).toBe(true);
});

test("after a broken connection the case says whether it was signed", () => {
  const sent = new SentSignature(state({}), 1_000);
  expect(sent.isLost(state({ link: { kind: "waiting", code: null } }), 2_000)).toBe(false);
  expect(sent.isLost(state({}), 90_000)).toBe(false);
  const told = { ...emptyConversation(), stage: { ...STAGE } };
  expect(sent.isLost(state({ conversation: told }), 90_000)).toBe(true);
});
