// Editors of the form's fields on the staff's screen: nothing that was typed or chosen is lost or undone unseen.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { eventually, focused, openStaff, sent, server, useBench } from "./bench";

useBench();

/** The form of the sample, with the editor of the reason for being late open. */
async function writingAReason(): Promise<Page> {
  server.case.fillFromSample(2);
  const page = await openStaff();
  await page.getByRole("button", { name: "Ret Grund til forsinkelse" }).click();
  return page;
}

const reason = "#slot-late_reason .slot-editor textarea";

function hasKeyboard(page: Page): Promise<boolean> {
  return page.locator(reason).evaluate((field) => field === document.activeElement);
}

test("a value on its way keeps its editor, where it is said that it did not arrive", async () => {
  const page = await writingAReason();
  server.deaf = true;
  await page.locator(reason).fill("Indlagt");
  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await page.getByRole("button", { name: "Ret Flyttedato" }).click();
  await expect.poll(() => hasKeyboard(page)).toBe(true);
  await page.getByText("Mangler (").click();
  await page.getByRole("button", { name: "Etage", exact: true }).click();
  expect(await page.locator(".slot-editor").count()).toBe(1);
  server.deaf = false;
  server.cut();
  await page.getByText("værdien nåede ikke frem").waitFor();
  expect(await page.locator(reason).inputValue()).toBe("Indlagt");
  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await page.locator("#slot-late_reason").getByText("Rettet").waitFor();
});

test("what is typed and not saved is not thrown away by another pencil", async () => {
  const page = await writingAReason();
  const other = page.getByRole("button", { name: "Ret Flyttedato" });
  await page.locator(reason).fill("Indlagt");
  await other.click();
  await page.getByText("Gem det, der er skrevet her").waitFor();
  expect(await hasKeyboard(page)).toBe(true);
  expect(await page.locator(reason).inputValue()).toBe("Indlagt");
  expect(await accessibilityFaults(page)).toEqual([]);
  // Nothing is lost by leaving what stood there before.
  await page.locator(reason).fill("Syg");
  await other.click();
  await page.locator("#slot-move_date .slot-editor input:focus").waitFor();
  await page.locator("#slot-move_date .slot-editor input").fill("2026-12-16");
  await page.locator(".slot-editor").getByRole("button", { name: "Annuller" }).click();
  await page.getByRole("button", { name: "Ret Grund til forsinkelse" }).click();
  await page.locator(reason).waitFor();
  expect(sent("correct_slot")).toEqual([]);
});

test("a value that was chosen is not taken back by a second press", async () => {
  server.case.fillFromSample(2);
  const page = await openStaff();
  const row = page.locator("[id='slot-to.street_name']");
  await page.getByRole("button", { name: "Brug Randersgade" }).press("Enter");
  // What was heard stands beside it now, and the keyboard is on neither.
  await page.getByRole("button", { name: "Brug Randersvej" }).waitFor();
  await focused(page, "slot-to.street_name");
  await page.keyboard.press("Enter");
  await row.locator(".slot__value").getByText("Randersgade").waitFor();
  expect(sent("correct_slot")).toHaveLength(1);
  // Meant so, it can be.
  await page.getByRole("button", { name: "Brug Randersvej" }).click();
  await eventually(() => sent("correct_slot").length === 2);
});
