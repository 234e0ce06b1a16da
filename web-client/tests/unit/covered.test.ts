// What the staff's screen hides of what was said, because others may see the screen.

import { describe, expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation, fold, type Conversation, type Line } from "../../src/protocol/fold";
import type { EvidenceView, FormView, SlotView, StageView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { stagePanel } from "../../src/staff/stage";
import { settledLine } from "../../src/staff/transcript";
import { textOf } from "./template-text";

const WORDS = "Сьоме п'яте вісімдесят чотири, дванадцять тридцять чотири.";
const DANISH = "Syvende femte fireogfirs, tolv fireogtredive.";

function line(id: number, text: string, translation: string): Line {
  return {
    id,
    speaker: "citizen",
    lang: "uk",
    text,
    source: "speech",
    start_ms: 0,
    end_ms: 1,
    confidence: 0.9,
    at: "2026-12-01T09:00:00Z",
    translation: { lang: "da", text: translation, confidence: 0.9, warnings: [], verified: false },
    draft: null,
    lag: null,
  };
}

function cpr(evidence: EvidenceView[], alternatives: SlotView["alternatives"] = []): FormView {
  const slot = {
    key: "mover.cpr_number",
    label_da: "CPR-nummer",
    label_uk: "Номер CPR",
    value: "070584-1234",
    display_da: "070584-1234",
    display_uk: "070584-1234",
    status: "confirmed" as const,
    confidence: 1,
    required: true,
    sensitive: true,
    choices: [],
    evidence,
    alternatives,
  };
  return {
    sections: [{ id: "mover", title_da: "", title_uk: "", slots: [slot] }],
    issues: [],
    missing: [],
    next_question: null,
  };
}

function heardIn(utterance: number): EvidenceView {
  return { utterance, speaker: "citizen", lang: "uk", quote: "x", start: 0, end: 1 };
}

function withForms(...forms: FormView[]): Conversation {
  const said = forms.reduce<Conversation>(
    (state, form) => fold(state, { type: "form", ...form }),
    emptyConversation(),
  );
  const lines = [
    line(1, "Я переїжджаю п'ятнадцятого.", "Jeg flytter den femtende."),
    line(2, WORDS, DANISH),
    line(3, "Мій номер 07 05 84 12 34.", "Mit nummer er 07 05 84 12 34."),
  ];
  return { ...said, lines };
}

function context(conversation: Conversation, revealed: string[] = []): StaffContext {
  return {
    t: texts("da"),
    ui: "da",
    view: { revealed: new Set(revealed), highlight: null, covered: new Set() },
    state: { conversation, link: { kind: "open" }, stepping: false },
  } as unknown as StaffContext;
}

function transcriptOf(conversation: Conversation, revealed: string[] = []): string {
  const ctx = context(conversation, revealed);
  return textOf(conversation.lines.map((one) => settledLine(ctx, one))).replace(/\s+/g, " ");
}

describe("a sentence that a number was said in", () => {
  test("is covered in both languages, and can be shown", () => {
    const conversation = withForms(cpr([heardIn(2)]));
    const covered = transcriptOf(conversation);
    expect(covered).toContain("Jeg flytter den femtende.");
    expect(covered).not.toMatch(/fireogtredive|вісімдесят/);
    expect(covered).toContain("Vis ordene i nr. 2");
    const shown = transcriptOf(conversation, ["line-2"]);
    expect(shown).toContain(DANISH);
    expect(shown).toContain(WORDS);
  });

  test("is covered as an alternative's, too, and when the value was written by hand afterwards", () => {
    const other = { value: "x", display_da: "x", display_uk: "x", evidence: [heardIn(2)] };
    expect(transcriptOf(withForms(cpr([], [other])))).not.toMatch(/fireogtredive|вісімдесят/);
    const corrected = withForms(cpr([heardIn(2)]), cpr([]));
    expect(transcriptOf(corrected)).not.toMatch(/fireogtredive|вісімдесят/);
  });

  test("has its digits masked however they are grouped, and can be shown", () => {
    const conversation = withForms(cpr([]));
    expect(transcriptOf(conversation)).not.toMatch(/12 34/);
    expect(transcriptOf(conversation)).toContain("Mit nummer er 070584-••••.");
    expect(transcriptOf(conversation, ["line-3"])).toContain("Mit nummer er 07 05 84 12 34.");
  });
});

const STAGE: StageView = {
  state: "read_back",
  digest: "d",
  missing: [],
  unconfirmed: [],
  blocked_by: [],
  read_back: [],
  unread: [],
  read_back_confirmed: false,
  read_back_doubted: false,
  signature: null,
  returned_because: "",
  comments: [],
};

function panelOf(change: Partial<StageView>, revealed: string[] = []): string {
  const stage = { ...STAGE, ...change };
  const conversation = { ...withForms(cpr([])), caseId: "FLY-1", stage };
  return textOf(stagePanel(context(conversation, revealed)));
}

test("the read-back masks the number as it is read, and shows it on request", () => {
  const read_back = [{ da: "CPR-nummer: 07 05 84 12 34.", uk: "Номер CPR: 07 05 84 12 34." }];
  expect(panelOf({ read_back })).toContain("CPR-nummer: 070584-••••.");
  expect(panelOf({ read_back })).toContain("Vis numrene i oplæsningen");
  expect(panelOf({ read_back }, ["#read-back"])).toContain("CPR-nummer: 07 05 84 12 34.");
});

test("what the second person remarks masks numbers, too, and shows them on request", () => {
  const returned: Partial<StageView> = {
    state: "returned",
    returned_because: "CPR er 070584-1234, se passet.",
    comments: [{ key: "mover.cpr_number", text: "Ikke 070584 1234?" }],
  };
  const panel = panelOf(returned);
  expect(panel).not.toContain("1234");
  expect(panel).toContain("CPR er 070584-••••, se passet.");
  expect(panel).toContain("Vis numrene i bemærkningerne");
  expect(panelOf(returned, ["#returned"])).toContain("Ikke 070584 1234?");
  expect(panelOf({ ...returned, returned_because: "Se datoen.", comments: [] })).not.toContain("Vis");
});
