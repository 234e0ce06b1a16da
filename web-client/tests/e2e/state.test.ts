// What each side is told of the other and of the machine, against the mock server: nobody goes on talking to
// nobody, and nobody writes over what they have not seen.

import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { eventually, openStaff, openTablet, sent, server, useBench } from "./bench";
import { shot } from "./shots";

useBench();

const STREET = "to.street_name";
const editor = "[id='slot-to.street_name'] .slot-editor";

function hear(value: string): void {
  const display = { value, display_da: value, display_uk: value };
  server.case.put(STREET, {
    ...display,
    evidence: [{ utterance: 9, speaker: "citizen", lang: "uk", quote: value, start: 0, end: 1 }],
  });
  server.tellForm();
}

test("what was heard while the editor is open is told, and is not written over unseen", async () => {
  server.case.fillFromSample(2);
  const page = await openStaff();
  await page.getByRole("button", { name: "Ret Vejnavn" }).click();
  const before = await page.locator(`${editor} input`).inputValue();
  await page.locator(`${editor} input`).fill("Randersgade");
  hear("Viborgvej");
  await page.getByText("Borgeren har imens sagt: Viborgvej").waitFor();
  expect(await page.locator(`${editor} input`).inputValue()).toBe("Randersgade");
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-heard-meanwhile");
  const save = page.locator(editor).getByRole("button", { name: "Gem" });
  await save.click();
  await page.getByText("gem igen, hvis din skal gælde").waitFor();
  expect(sent("correct_slot")).toEqual([]);
  await save.click();
  await eventually(() => sent("correct_slot").length === 1);
  expect(sent("correct_slot")[0]).toMatchObject({ value: "Randersgade", seen: "Viborgvej" });

  // Taken as it was heard: nothing is written.
  await page.getByRole("button", { name: "Ret Vejnavn" }).click();
  hear("Skanderborgvej");
  await page.getByRole("button", { name: "Brug", exact: true }).click();
  await page.locator(editor).waitFor({ state: "detached" });
  expect(sent("correct_slot").length).toBe(1);
  expect(before).not.toBe("");
});

test("who fills in a row while its name is said sees whom it is about, and can save then", async () => {
  const key = "household[0].birth_date";
  const name = "household[0].given_names";
  const called = (value: string | null): void => {
    const display = value ?? "";
    server.case.put(name, { value, display_da: display, display_uk: display });
    server.tellForm();
  };
  const nobody = { value: null, display_da: "", display_uk: "", status: "empty" } as const;
  server.case.put(name, nobody);
  server.case.refresh();
  const page = await openStaff();
  await page.getByText("Mangler (").click();
  await page.getByRole("button", { name: "Fødselsdato – Medflytter 1", exact: true }).click();
  const input = page.locator(`[id='slot-${key}'] .slot-editor input`);
  await input.fill("2019-03-05");
  called("Sofiia");
  await page.getByRole("heading", { name: "Sofiia (medflytter 1)" }).waitFor();
  await input.press("Enter");
  await page.getByText("har fået et andet navn. Se, hvem det er nu").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(sent("correct_slot")).toEqual([]);
  expect(await input.inputValue()).toBe("2019-03-05");
  await input.press("Enter");
  await eventually(() => sent("correct_slot").length === 1);
  const expected = { type: "correct_slot", key, value: "2019-03-05", person: "Sofiia", seen: null };
  expect(sent("correct_slot")[0]).toEqual(expected);
});

test("a correction says what its writer saw", async () => {
  server.case.fillFromSample(2);
  const page = await openStaff();
  await page.getByRole("button", { name: "Ret Vejnavn" }).click();
  const seen = await page.locator(`${editor} input`).inputValue();
  await page.locator(`${editor} input`).fill("Randersgade");
  await page.locator(`${editor} input`).press("Enter");
  await eventually(() => sent("correct_slot").length === 1);
  expect(sent("correct_slot")[0]).toMatchObject({ value: "Randersgade", seen });
});

test("staff sees that the citizen's microphone is off and that nothing is heard there", async () => {
  const staff = await openStaff();
  const tablet = await openTablet();
  await eventually(() => server.devices.citizen !== undefined);
  const silent = { type: "devices", microphone: "off", voice: true, speaking: false };
  expect(server.devices.citizen).toEqual(silent);
  server.tell({ type: "devices", role: "citizen", microphone: "off", voice: false }, "staff");
  await staff.getByText("Borgerens mikrofon er slukket").waitFor();
  await staff.getByText("Borgeren hører ikke oplæsningen").waitFor();
  expect(await accessibilityFaults(staff)).toEqual([]);
  await shot(staff, "staff-citizen-devices");
  server.tell({ type: "devices", role: "citizen", microphone: "on", voice: true }, "staff");
  await staff.getByText("Borgerens mikrofon er slukket").waitFor({ state: "hidden" });

  // A reload takes the microphone away: the tablet says so, and one press has it back.
  await tablet.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await tablet.getByText("Слухаю", { exact: true }).waitFor();
  await eventually(() => JSON.stringify(server.devices.citizen).includes('"on"'));
  await tablet.reload();
  await tablet.getByText("Мікрофон вимкнувся.").waitFor();
  await eventually(() => JSON.stringify(server.devices.citizen).includes('"lost"'));
  expect(await accessibilityFaults(tablet)).toEqual([]);
  await shot(tablet, "tablet-microphone-went-off");
  await tablet.getByRole("button", { name: "Увімкнути мікрофон" }).click();
  await tablet.getByText("Слухаю", { exact: true }).waitFor();
  expect(await tablet.getByText("Мікрофон вимкнувся.").count()).toBe(0);
  // Switched off by hand it did not go off.
  await tablet.getByRole("button", { name: "Зупинити" }).click();
  await tablet.reload();
  await tablet.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  expect(await tablet.getByText("Мікрофон вимкнувся.").count()).toBe(0);
});

test("both screens say how far the interpreter is behind", async () => {
  const staff = await openStaff();
  const tablet = await openTablet();
  server.tell({ type: "behind", ms: 12_300 });
  await staff.getByText("Oversætteren er 12 s bagud. Vent lidt.").waitFor();
  await tablet.getByText("Переклад відстає на 12 с. Зачекайте трохи.").waitFor();
  expect(await accessibilityFaults(tablet)).toEqual([]);
  server.tell({ type: "behind", ms: 0 });
  await staff.getByText("Oversætteren er 12 s bagud.").waitFor({ state: "hidden" });
});

test("a tablet that is gone for a moment is waited for, and a new code is there for who wants it", async () => {
  const staff = await openStaff();
  await staff.getByText("Forbind borgerens tablet").waitFor();
  const tablet = await openTablet();
  await staff.getByText("Forbind borgerens tablet").waitFor({ state: "hidden" });
  await tablet.close();
  await staff.getByText("Tabletten forbinder igen").waitFor();
  expect(await staff.getByText("Forbind borgerens tablet").count()).toBe(0);
  expect(await accessibilityFaults(staff)).toEqual([]);
  await shot(staff, "staff-tablet-comes-back");
  await staff.getByRole("button", { name: "Få en ny kode" }).click();
  await staff.getByText("Forbind borgerens tablet").waitFor();
});

test("the tablet says that nobody is at the counter's screen", async () => {
  const staff = await openStaff();
  const tablet = await openTablet();
  await staff.close();
  await tablet.getByText("Працівник тимчасово не на зв’язку.").waitFor();
  expect(await accessibilityFaults(tablet)).toEqual([]);
  await shot(tablet, "tablet-staff-away");
});
