import { describe, expect, test } from "vitest";
import { TypedText } from "../../src/client/typed-text";
import type { Link } from "../../src/protocol/connection";
import type { ServerMessage, Speaker, UtteranceSource } from "../../src/protocol/types";

const STAFF = { role: "staff" as const };

function settled(
  seq: number,
  text: string,
  speaker: Speaker = "staff",
  source: UtteranceSource = "typed",
): ServerMessage {
  const utterance = { id: 1, speaker, lang: "da" as const, text, source, start_ms: 0, end_ms: 0, confidence: 1 };
  return { type: "event", seq, at: "2026-11-24T09:00:00Z", actor: speaker, kind: "utterance_settled", ...utterance };
}

describe("typed text", () => {
  test("has arrived when it is settled as this side's own", () => {
    const typed = new TypedText("Ja.", 7);
    expect(typed.arrivedIn(settled(8, "Ja."), STAFF)).toBe(true);
    expect(typed.arrivedIn(settled(8, "Nej."), STAFF)).toBe(false);
    expect(typed.arrivedIn(settled(8, "Ja.", "citizen"), STAFF)).toBe(false);
    expect(typed.arrivedIn(settled(8, "Ja.", "staff", "speech"), STAFF)).toBe(false);
    // Typed before, and told again.
    expect(typed.arrivedIn(settled(7, "Ja."), STAFF)).toBe(false);
  });

  test("is lost once the connection after the broken one has told everything", () => {
    const typed = new TypedText("Ja.", 7);
    const open: Link = { kind: "open" };
    const at = (seq: number): Parameters<TypedText["isLost"]>[1] => ({ seq, caughtUpAt: 9, gap: false });
    // The connection was never broken.
    expect(typed.isLost(open, at(9))).toBe(false);
    expect(typed.isLost({ kind: "waiting", code: null }, at(7))).toBe(false);
    expect(typed.isLost(open, at(8))).toBe(false);
    expect(typed.isLost(open, { ...at(9), gap: true })).toBe(false);
    expect(typed.isLost(open, at(9))).toBe(true);
  });
});
