import { describe, expect, test } from "vitest";
import { afterHeard, HeardWords, whileHearing, withNotice, type Notice } from "../../src/client/notices";
import type { ServerMessage } from "../../src/protocol/types";

const codes = (notices: readonly Notice[]): string[] => notices.map(({ code }) => code);

describe("notices", () => {
  test("told again are news: the newest, with another number, and counted", () => {
    let notices = withNotice([], "not_heard", 0);
    notices = withNotice(notices, "slow_network", 1);
    const [first] = notices;
    notices = withNotice(notices, "not_heard", 2);
    expect(codes(notices)).toEqual(["slow_network", "not_heard"]);
    expect(notices[1]?.times).toBe(2);
    expect(notices[1]?.id).not.toBe(first?.id);
    for (const code of ["not_sent", "not_kept", "not_said"] as const) notices = withNotice(notices, code, 3);
    expect(notices).toHaveLength(3);
  });

  test("of lost words go once later words were heard, and not for earlier ones", () => {
    let notices = withNotice([], "not_kept", 0);
    notices = withNotice(notices, "not_heard", 1_000);
    expect(codes(afterHeard(notices, 900))).toEqual(["not_kept", "not_heard"]);
    expect(codes(afterHeard(notices, 1_100))).toEqual(["not_kept"]);
  });

  test("of the microphone that hears go once it is another one, or none", () => {
    const all = (["mic_changed", "mic_unusable"] as const).map((code) => withNotice([], code, 0, { device: "A", now: "B" }));
    all.push(withNotice([], "mic_back", 0, { device: "B" }));
    for (const notices of all) {
      expect(whileHearing(notices, "B")).toEqual(notices);
      expect([whileHearing(notices, "A"), whileHearing(notices, null)]).toEqual([[], []]);
    }
    // What is not there is still not there.
    const absent = withNotice([], "mic_absent", 0, { device: "A" });
    expect(whileHearing(absent, null)).toEqual(absent);
  });
});

describe("when words began", () => {
  function settled(id: number, speaker: "staff" | "citizen", source: "speech" | "typed" = "speech"): ServerMessage {
    const said = { id, speaker, source, lang: "uk", text: "Так.", start_ms: 4_000, end_ms: 6_000, confidence: 1 };
    return { type: "event", seq: id, at: "", actor: speaker, kind: "utterance_settled", ...said } as ServerMessage;
  }
  const timing = (utterance: number, translated_ms: number): ServerMessage => ({
    type: "timing",
    utterance,
    settled_ms: 0,
    translated_ms,
    spoken_ms: null,
  });

  test("is reckoned from how far behind the machine was, for own speech, once", () => {
    const heard = new HeardWords();
    expect(heard.begunIn(settled(1, "citizen"), "citizen", 50_000)).toBeNull();
    expect(heard.begunIn(timing(1, 10_000), "citizen", 50_000)).toBe(38_000);
    expect(heard.begunIn(timing(1, 10_000), "citizen", 51_000)).toBeNull();
    heard.begunIn(settled(2, "staff"), "citizen", 0);
    expect(heard.begunIn(timing(2, 0), "citizen", 0)).toBeNull();
    heard.begunIn(settled(3, "citizen", "typed"), "citizen", 0);
    expect(heard.begunIn(timing(3, 0), "citizen", 0)).toBeNull();
  });
});
