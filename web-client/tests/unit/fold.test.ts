import { describe, expect, test } from "vitest";
import {
  accepted,
  emptyConversation,
  fold,
  settledAndRest,
  soundMayBegin,
  soundStatus,
  textIn,
  type Conversation,
} from "../../src/protocol/fold";
import type { CaseEvent, EventPayload, Role, ServerMessage } from "../../src/protocol/types";

function event(seq: number, payload: EventPayload, actor: Role = "citizen"): ServerMessage {
  const entry = { seq, at: "2026-12-01T09:00:00.000Z", actor, ...payload } as CaseEvent;
  return { type: "event", ...entry };
}

function welcome(seq: number, id = "a"): ServerMessage {
  return {
    type: "welcome",
    protocol: "tolkebot.v1",
    case: id,
    role: "staff",
    lang: "da",
    seq,
    resume_ticket: "t",
  };
}

const OPENED: EventPayload = { kind: "case_opened", form: "flytteanmeldelse", today: "2026-12-01" };
const SAID: EventPayload = {
  kind: "utterance_settled",
  id: 1,
  speaker: "citizen",
  lang: "uk",
  text: "Добрий день",
  source: "speech",
  start_ms: 0,
  end_ms: 900,
  confidence: 0.8,
};
const TRANSLATED: EventPayload = {
  kind: "translation_settled",
  utterance: 1,
  lang: "da",
  text: "Goddag",
  confidence: 0.9,
  warnings: ["low_confidence"],
};

function after(...messages: ServerMessage[]): Conversation {
  return messages.reduce(fold, emptyConversation());
}

describe("the case's sound", () => {
  const consent = (seq: number, accepted: boolean): ServerMessage =>
    event(seq, { kind: "consent_given", notice: "sound_keeping", accepted });
  const asked = (seq: number): ServerMessage =>
    event(seq, { kind: "sound_keeping_asked" }, "staff");
  const started = (seq: number): ServerMessage =>
    event(seq, { kind: "sound_keeping_started", basis: "consent" }, "staff");
  const destroyed = (seq: number): ServerMessage =>
    event(seq, { kind: "sound_destroyed", reason: "withdrawn" });
  const allowed: ServerMessage = { ...welcome(1), sound_may_be_kept: true } as ServerMessage;
  const statuses = (...messages: ServerMessage[]): string[] => {
    let state = emptyConversation();
    return messages.map((message) => soundStatus((state = fold(state, message))));
  };

  test("is asked for, kept and withdrawn, and a new question needs a new answer", () => {
    expect(
      statuses(
        allowed,
        event(1, OPENED),
        asked(2),
        consent(3, true),
        started(4),
        destroyed(5),
        asked(6),
        consent(7, false),
        asked(8),
      ),
    ).toEqual([
      "offer",
      "offer",
      "waiting",
      "agreed",
      "keeping",
      "deleted",
      "waiting",
      "declined",
      "waiting",
    ]);
    const kept = after(allowed, event(1, OPENED), started(2));
    expect(kept.sound.basis).toBe("consent");
    expect(fold(kept, destroyed(3)).sound.basis).toBeNull();
  });

  test("is not offered where the municipality does not allow it, and shown where it is kept", () => {
    expect(statuses(welcome(1), event(1, OPENED), asked(2))).toEqual(["none", "none", "none"]);
    const stop = event(3, { kind: "sound_keeping_stopped", reason: "settings" }, "system");
    const end = event(4, { kind: "conversation_ended" }, "staff");
    expect(statuses(welcome(1), event(1, OPENED), started(2), stop, end, destroyed(5))).toEqual([
      "none",
      "none",
      "keeping",
      "stopped",
      "stopped",
      // Whoever has it deleted sees that it happened, also when the conversation is over.
      "deleted",
    ]);
  });

  test("a no of the citizen's stands until there is a yes, whatever is asked or deleted", () => {
    const refused = (...messages: ServerMessage[]): boolean =>
      after(allowed, event(1, OPENED), ...messages).sound.refused;
    expect(refused()).toBe(false);
    expect(refused(asked(2), consent(3, false))).toBe(true);
    expect(refused(asked(2), consent(3, false), asked(4))).toBe(true);
    expect(refused(asked(2), consent(3, false), asked(4), consent(5, true))).toBe(false);
    // To have it deleted is a no; that staff or its age had it deleted is none.
    expect(refused(started(2), destroyed(3))).toBe(true);
    expect(refused(started(2), destroyed(3), asked(4))).toBe(true);
    const gone = (actor: Role) => event(3, { kind: "sound_destroyed", reason: "withdrawn" }, actor);
    expect(refused(started(2), gone("staff"))).toBe(false);
    expect(refused(started(2), gone("system"))).toBe(false);
    // The answer to another notice is none to this one.
    expect(refused(event(2, { kind: "consent_given", notice: "ai_disclosure", accepted: false }))).toBe(false);
  });

  test("can be asked for again after it was deleted, and not once the conversation is over", () => {
    const gone = after(allowed, event(1, OPENED), started(2), destroyed(3));
    expect(soundMayBegin(gone)).toBe(true);
    expect(soundStatus(fold(gone, asked(4)))).toBe("waiting");
    expect(soundMayBegin(fold(gone, started(4)))).toBe(false);
    expect(soundStatus(fold(fold(gone, started(4)), destroyed(5)))).toBe("deleted");
    expect(soundMayBegin(fold(gone, event(4, { kind: "conversation_ended" }, "staff")))).toBe(false);
    expect(soundMayBegin(after(welcome(1), event(1, OPENED)))).toBe(false);
  });
});

describe("settledAndRest", () => {
  test("characters are counted, not UTF-16 units", () => {
    expect(settledAndRest("Я тут 😀 і там", 7)).toEqual(["Я тут 😀", " і там"]);
    expect(settledAndRest("ja", 0)).toEqual(["", "ja"]);
    expect(settledAndRest("ja", 9)).toEqual(["ja", ""]);
  });
});

describe("fold", () => {
  test("partial words give way to the settled utterance, then comes its translation", () => {
    const partial: ServerMessage = {
      type: "partial",
      speaker: "citizen",
      lang: "uk",
      text: "Добр",
      settled_chars: 0,
      start_ms: 0,
    };
    const before = after(welcome(1), event(1, OPENED), partial);
    expect(before.partials.citizen?.text).toBe("Добр");
    const settled = fold(before, event(2, SAID));
    expect(settled.partials.citizen).toBeNull();
    expect(settled.lines.map((line) => line.text)).toEqual(["Добрий день"]);
    const translated = fold(settled, event(3, TRANSLATED));
    const [line] = translated.lines;
    expect(line && textIn(line, "da")).toBe("Goddag");
    expect(line && textIn(line, "uk")).toBe("Добрий день");
    expect(line?.translation?.warnings).toEqual(["low_confidence"]);
    // The earlier states stay as they were.
    expect(settled.lines[0]?.translation).toBeNull();
  });

  test("a draft is read until the translation comes", () => {
    const draft = (text: string): ServerMessage => ({
      type: "draft",
      speaker: "citizen",
      lang: "da",
      text,
      start_ms: 0,
    });
    const speaking = after(welcome(1), event(1, OPENED), draft("God"));
    expect(speaking.drafts).toEqual({ staff: null, citizen: { lang: "da", text: "God" } });
    const settled = fold(speaking, event(2, SAID));
    expect(settled.drafts.citizen).toBeNull();
    expect(settled.lines[0]?.draft).toEqual({ lang: "da", text: "God" });
    expect(fold(settled, event(3, TRANSLATED)).lines[0]?.draft).toBeNull();
  });

  test("a draft goes when there were no words after all, and when the connection is new", () => {
    const draft: ServerMessage = { type: "draft", speaker: "staff", lang: "uk", text: "Де", start_ms: 0 };
    const nothing: ServerMessage = {
      type: "partial",
      speaker: "staff",
      lang: "da",
      text: "",
      settled_chars: 0,
      start_ms: 0,
    };
    expect(after(draft, nothing).drafts.staff).toBeNull();
    expect(after(draft, welcome(0)).drafts.staff).toBeNull();
  });

  test("what is typed leaves the words that are being said", () => {
    const partial: ServerMessage = {
      type: "partial",
      speaker: "citizen",
      lang: "uk",
      text: "Я",
      settled_chars: 0,
      start_ms: 0,
    };
    const typed = after(welcome(1), event(1, OPENED), partial, event(2, { ...SAID, source: "typed" }));
    expect(typed.partials.citizen?.text).toBe("Я");
    expect(typed.lines[0]?.draft).toBeNull();
  });

  test("an empty partial takes the words away", () => {
    const partial = (text: string): ServerMessage => ({
      type: "partial",
      speaker: "staff",
      lang: "da",
      text,
      settled_chars: 0,
      start_ms: 0,
    });
    expect(after(partial("hm"), partial("")).partials.staff).toBeNull();
  });

  test("an event that comes twice changes nothing", () => {
    const once = after(welcome(2), event(1, OPENED), event(2, SAID));
    expect(fold(once, event(2, SAID))).toBe(once);
  });

  test("what the notices say comes from the server, and nothing is promised without it", () => {
    expect(after(welcome(1)).notice).toEqual({ authority: null, erasedAfterDays: null });
    const told = { ...welcome(1), authority: "Rebild Kommune", erased_after_days: 14 } as ServerMessage;
    expect(after(told).notice).toEqual({ authority: "Rebild Kommune", erasedAfterDays: 14 });
  });

  test("a gap is noticed, keeps the state and ends with the next welcome", () => {
    const torn = after(welcome(1), event(1, OPENED), event(3, TRANSLATED));
    expect(torn.gap).toBe(true);
    expect(torn.seq).toBe(1);
    const mended = [welcome(3), event(2, SAID), event(3, TRANSLATED)].reduce(fold, torn);
    expect(mended.gap).toBe(false);
    expect(mended.seq).toBe(3);
    expect(mended.lines).toHaveLength(1);
  });

  test("coming back keeps what was seen; another case starts from nothing", () => {
    const seen = after(welcome(2), event(1, OPENED), event(2, SAID));
    expect(fold(seen, welcome(2)).lines).toHaveLength(1);
    expect(fold(seen, welcome(1, "b")).lines).toHaveLength(0);
    expect(fold(seen, welcome(1, "b")).seq).toBe(0);
  });

  test("a log that is shorter than what was seen is fetched again", () => {
    const seen = after(welcome(2), event(1, OPENED), event(2, SAID));
    const again = fold(seen, welcome(1));
    expect([again.gap, again.seq, again.lines.length]).toEqual([true, 0, 0]);
  });

  test("answers to notices are kept by role, the last one counts", () => {
    const yes: EventPayload = { kind: "consent_given", notice: "processing", accepted: true };
    const state = after(event(1, OPENED), event(2, yes, "citizen"));
    expect(accepted(state, "citizen", "processing")).toBe(true);
    expect(accepted(state, "staff", "processing")).toBe(false);
    expect(accepted(state, "citizen", "ai_disclosure")).toBe(false);
    const no = fold(state, event(3, { ...yes, accepted: false }, "citizen"));
    expect(accepted(no, "citizen", "processing")).toBe(false);
  });

  test("a tablet that comes back has used no code", () => {
    const joined = { kind: "participant_joined", role: "citizen" } as const;
    const state = after(event(1, OPENED), event(2, { ...joined, paired: true }, "citizen"));
    expect(state.tabletPairedAt).toBe(2);
    const back = after(
      event(1, OPENED),
      event(2, { ...joined, paired: true }, "citizen"),
      event(3, joined, "citizen"),
    );
    expect(back.tabletPairedAt).toBe(2);
  });

  test("form, presence, timing, the wish for an interpreter and the end", () => {
    const state = after(
      event(1, OPENED),
      event(2, SAID),
      { type: "form", sections: [], issues: [], missing: ["move_date"], next_question: null },
      { type: "presence", staff: 1, citizen: 1 },
      { type: "timing", utterance: 1, settled_ms: 700, translated_ms: 1500, spoken_ms: null },
      event(3, { kind: "interpreter_requested" }),
      event(4, { kind: "conversation_ended" }, "staff"),
    );
    expect(state.form?.missing).toEqual(["move_date"]);
    expect(state.form).not.toHaveProperty("type");
    expect(state.presence.citizen).toBe(1);
    expect(state.lines[0]?.lag).toEqual({ settled: 700, translated: 1500, spoken: null });
    expect(state.interpreterAskedAt).toBe(3);
    expect(state.ended).toBe(true);
  });

  test("where the case stands replaces what was shown before", () => {
    const stage = {
      state: "read_back",
      digest: "d",
      missing: [],
      unconfirmed: [],
      blocked_by: [],
      read_back: [{ da: "Flyttedato", uk: "Дата переїзду" }],
      unread: [],
      read_back_confirmed: false,
      read_back_doubted: false,
      signature: null,
      returned_because: "",
      comments: [],
    } as const;
    const state = after(event(1, OPENED), {
      type: "stage",
      ...stage,
      unread: [],
      missing: [],
      unconfirmed: [],
      blocked_by: [],
      read_back: [...stage.read_back],
      comments: [],
    });
    expect(state.stage).toEqual(stage);
    expect(state.stage).not.toHaveProperty("type");
    expect(emptyConversation().stage).toBeNull();
  });

  test("what a newer server says beyond this client is let pass", () => {
    const state = after(event(1, OPENED));
    const unknown = { type: "weather" } as unknown as ServerMessage;
    expect(fold(state, unknown)).toBe(state);
    const kind = { kind: "signed" } as unknown as EventPayload;
    expect(fold(state, event(2, kind)).seq).toBe(2);
  });

  test("a failed translation shows no empty text as if it were one", () => {
    const failed: EventPayload = { ...TRANSLATED, text: "", warnings: ["failed"] };
    const [line] = after(event(1, OPENED), event(2, SAID), event(3, failed)).lines;
    expect(line && textIn(line, "da")).toBeNull();
  });
});
