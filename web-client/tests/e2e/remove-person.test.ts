// Somebody who does not move along, or was heard by mistake, is taken out of the form. Against the mock server.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { eventually, focused, openStaff, sent, server, useBench } from "./bench";
import { shot } from "./shots";

useBench();

const NAME = "household[0].given_names";
const DATE = "household[0].birth_date";
const WHO = "Sofiia (medflytter 1)";

function hear(key: string, value: string): void {
  server.case.put(key, { value, display_da: value, display_uk: value, status: "proposed" });
}

function headings(page: Page): Promise<number> {
  return page.getByRole("heading", { name: /medflytter 1/i }).count();
}

test("a person is taken out after a question, and comes back when something is heard of them", async () => {
  server.case.fillFromSample(2);
  hear(DATE, "2019-03-05");
  const page = await openStaff();
  const button = page.getByRole("button", { name: `Fjern person: ${WHO}` });
  const question = page.getByRole("dialog", { name: `Fjern ${WHO} fra anmeldelsen?` });
  await button.click();
  await question.waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-remove-question");
  // The harmless answer has the keyboard.
  await page.keyboard.press("Enter");
  await question.waitFor({ state: "hidden" });
  expect(sent("clear_slot")).toEqual([]);
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);

  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Ja, fjern" }).click();
  await eventually(() => sent("clear_slot").length === 2);
  const about = { type: "clear_slot", person: "Sofiia" };
  expect(sent("clear_slot")).toEqual([
    { ...about, key: DATE, seen: "2019-03-05" },
    { ...about, key: NAME, seen: "Sofiia" },
  ]);
  await expect.poll(() => headings(page)).toBe(0);
  await focused(page, "section-household");
  await shot(page, "staff-removed");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("Vis tomme felter").check();
  await page.locator("[id='slot-mover.phone']").waitFor();
  expect(await headings(page)).toBe(0);

  hear(NAME, "Sofiia");
  server.tellForm();
  await page.getByRole("heading", { name: WHO }).waitFor();
  await button.waitFor();
});

test("what was open in the row goes with it", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: `Ret Fornavn(e) – ${WHO}` }).click();
  await page.locator(".slot-editor input").fill("Sofia");
  await page.getByRole("button", { name: `Fjern person: ${WHO}` }).click();
  await page.getByRole("button", { name: "Ja, fjern" }).click();
  await page.locator(".slot-editor").waitFor({ state: "detached" });
  await expect.poll(() => headings(page)).toBe(0);
  await focused(page, "section-household");
  expect(sent("correct_slot")).toEqual([]);
});
