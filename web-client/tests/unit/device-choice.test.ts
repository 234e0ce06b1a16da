import { describe, expect, test } from "vitest";
import { withNotice } from "../../src/client/notices";
import type { SoundState } from "../../src/client/sound-devices";
import { texts, type UiLang } from "../../src/i18n/i18n";
import { deviceButton, devicePanel } from "../../src/ui/device-choice";
import { noticeText, type PartContext } from "../../src/ui/parts";
import { textOf } from "./template-text";

const TWO = [
  { id: "headset", label: "Jabra Evolve" },
  { id: "laptop", label: "Laptop Microphone" },
];
const nothingChosen = { devices: TWO, chosen: null, absent: null };

function sound(change: Partial<SoundState> = {}): SoundState {
  const rest = { named: true, hasMicrophone: true, using: null, trial: { kind: "off" as const } };
  return { shown: true, offered: true, microphone: nothingChosen, speaker: null, ...rest, ...change };
}

function context(change: Partial<SoundState> = {}): PartContext {
  const state = { sound: sound(change), mic: { kind: "off" } };
  return { t: texts("da"), ui: "da", state, client: {} } as unknown as PartContext;
}

const panel = (change: Partial<SoundState> = {}): string => textOf(devicePanel(context(change)));

describe("the choice", () => {
  test("is there where there is one", () => {
    expect(textOf(deviceButton(context()))).toContain("Vælg mikrofon og højttaler");
    expect(textOf(deviceButton(context({ offered: false })))).toBe("");
    expect(panel({ shown: false })).toBe("");
  });

  test("begins with the browser's own, under a label, then names each", () => {
    const text = panel();
    expect(text).toMatch(/<label[^]*Mikrofon<[^]*Standard<[^]*Jabra Evolve[^]*Laptop Microphone/);
    expect(text).not.toContain("Højttaler<");
    expect(panel({ speaker: nothingChosen })).toContain("Højttaler<");
  });

  test("of one is no list", () => {
    const text = panel({ microphone: { ...nothingChosen, devices: TWO.slice(0, 1) } });
    expect(text).toContain("Mikrofon: Jabra Evolve");
    expect(text).not.toContain("<select");
  });

  test("names what was chosen and is not there", () => {
    const text = panel({ microphone: { devices: TWO.slice(1), chosen: null, absent: "Jabra Evolve" } });
    expect(text).toContain("Jabra Evolve (ikke tilsluttet)");
    expect(text).toContain("<select");
  });

  test("without names says how to get them, and why there are none", () => {
    expect(panel({ named: false })).toContain("giv siden lov til at bruge den");
    expect(panel({ named: false, trial: { kind: "trouble", trouble: "denied" } })).toContain("Siden må ikke bruge mikrofonen");
  });

  test("stands beside the level, and says that a try goes nowhere", () => {
    const text = panel({ trial: { kind: "on" }, using: "Jabra Evolve" });
    expect(text).toContain("data-trial");
    expect(text).toContain("Lytter nu: Jabra Evolve");
    expect(text).toContain("ikke sendt nogen steder hen");
  });
});

describe("a notice about devices", () => {
  test("names them, in the person's language", () => {
    const said = (ui: UiLang, now: string): string =>
      noticeText(texts(ui), "mic_changed", { device: "Jabra Evolve", now });
    expect(said("da", "Laptop")).toBe("Mikrofonen »Jabra Evolve« blev afbrudt. Nu lytter »Laptop«.");
    expect(said("uk", "Laptop")).toBe("Мікрофон «Jabra Evolve» від’єднався. Тепер слухає «Laptop».");
    expect(said("en", "")).toContain("“Standard” is listening now.");
  });

  test("takes the place of one that is true no more, and leaves others", () => {
    let told = withNotice([], "not_heard", 0);
    told = withNotice(told, "mic_changed", 1, { device: "A", now: "B" });
    told = withNotice(told, "speaker_absent", 2, { device: "A" });
    told = withNotice(told, "mic_back", 3, { device: "A" });
    expect(told.map(({ code }) => code)).toEqual(["not_heard", "speaker_absent", "mic_back"]);
    told = withNotice(told, "mic_back", 4, { device: "A" });
    expect(told.at(-1)?.times).toBe(2);
    told = withNotice(told, "mic_back", 5, { device: "B" });
    expect(told.at(-1)?.times).toBe(1);
  });
});
