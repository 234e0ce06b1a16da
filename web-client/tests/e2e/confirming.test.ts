// Finding and confirming what is still open, without searching the whole form.

import { expect, test } from "vitest";
import type { StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { focused, openStaff, sent, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

useBench();

const STAGE: StageView = {
  state: "open",
  digest: "3f".repeat(32),
  missing: ["mover.surname"],
  unconfirmed: ["mover.cpr_number", "move_date", "to.street_name", "household.count"],
  blocked_by: ["R02"],
  read_back: [],
  unread: [],
  read_back_confirmed: false,
  read_back_doubted: false,
  signature: null,
  returned_because: "Se datoen.",
  comments: [{ key: "move_date", text: "Står der 15 i kontrakten?" }],
};

test("what must be confirmed or put right leads to the fields, and confirming leads to the next one", async () => {
  server.case.fillFromSample(2);
  const page = await openStaff();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  server.case.form.issues.push({
    rule: "R02",
    severity: "error",
    keys: ["to.house_number"],
    text_da: "Husnummeret findes ikke.",
    text_uk: "Такого будинку немає.",
  });
  server.tellForm();
  server.tell({ type: "stage", ...STAGE });
  const stage = page.locator(".stage");

  await stage.getByText("Fejl, der skal rettes: 1").click();
  await stage.getByRole("button", { name: "Husnummer" }).click();
  await focused(page, "slot-to.house_number");
  await stage.getByText("Felter, der skal bekræftes: 4").click();
  await shot(page, "staff-open-fields");
  expect(await accessibilityFaults(page)).toEqual([]);
  await stage.getByRole("button", { name: "Vejnavn" }).click();
  await focused(page, "slot-to.street_name");
  // What the second person remarked leads there, too.
  await stage.locator("li").getByRole("button", { name: "Flyttedato" }).click();
  await focused(page, "slot-move_date");
  await stage.getByRole("button", { name: "Gå til det næste, der skal bekræftes" }).click();
  await focused(page, "slot-mover.cpr_number");

  await page.getByRole("button", { name: "Bekræft CPR-nummer" }).press("Enter");
  await focused(page, "slot-move_date");
  // Pressed twice by a restless finger: what comes under it is not confirmed unseen.
  await page.getByRole("button", { name: "Bekræft Flyttedato" }).dblclick();
  await focused(page, "slot-late_reason");
  expect(sent("confirm_slot").map((one) => (one as { key: string }).key)).toEqual([
    "mover.cpr_number",
    "move_date",
  ]);

  // Whoever has gone on by themselves is not fetched back.
  await page.getByRole("button", { name: "Ret Vejnavn" }).click();
  await page.locator(".slot-editor input:focus").waitFor();
  server.case.put("late_reason", { status: "confirmed" });
  server.tellForm();
  await page.locator("#slot-late_reason").getByText("Bekræftet").waitFor();
  expect(await page.locator(".slot-editor input:focus").count()).toBe(1);
});

test("why a field has to be asked about stands there, and which words were unclear", async () => {
  const page = await openStaff();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  server.case.fillFromSample(2);
  server.tellForm();
  await page
    .locator("#slot-move_date")
    .getByText("Utydeligt hørt · Kan være forkert oversat · Sikkerhed 86 %")
    .waitFor();
  await page.locator("#line-2").getByText("Maskinen valgte mellem flere ord ved: “Рандерсвей”").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-doubts");
});
