// What a reload must not cost the staff's screen, and what is covered on it.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { openStaff, sent, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

useBench();

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByText("Forbundet", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
}

test("half a sentence and the open editor with what was typed survive a reload, and are gone with the case", async () => {
  server.case.fillFromSample(2);
  const page = await openStaff();
  await page.getByRole("button", { name: "Skriv i stedet" }).click();
  await page.locator("#type-text").fill("Vent lidt, jeg ringer til");
  await page.getByRole("button", { name: "Ret Vejnavn" }).click();
  await page.locator(".slot-editor input").fill("Randersga");
  await reload(page);
  expect(await page.locator("#type-text").inputValue()).toBe("Vent lidt, jeg ringer til");
  const editor = page.locator("[id='slot-to.street_name'] .slot-editor input");
  expect(await editor.inputValue()).toBe("Randersga");
  await editor.fill("Randersgade");
  await editor.press("Enter");
  await page.locator("[id='slot-to.street_name']").getByText("Rettet").waitFor();
  // Saved and closed: a reload opens nothing.
  await reload(page);
  await page.locator("[id='slot-to.street_name']").waitFor();
  expect(await page.locator(".slot-editor").count()).toBe(0);

  // A choice of several is no text.
  await page.getByLabel("Vis tomme felter").check();
  await page.getByRole("button", { name: "Ret Adressens status" }).click();
  await page.locator(".slot-editor select").selectOption("unknown");
  await reload(page);
  expect(await page.locator(".slot-editor select").inputValue()).toBe("unknown");

  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  await page.locator(".banners").getByRole("button", { name: "Ny sag" }).click();
  await page.getByRole("button", { name: "Start ny sag" }).waitFor();
  const left = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(left).not.toMatch(/Vent lidt|Randersga|street_name|address_status/);
});

test("a sentence in which a number was said is covered in the conversation, also after a reload", async () => {
  const page = await openStaff();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  server.say("citizen", "Сьоме п'яте вісімдесят чотири.", "Syvende femte fireogfirs, tolv fireogtredive.");
  const quote = { utterance: 2, speaker: "citizen" as const, lang: "uk" as const, quote: "п'яте", start: 6, end: 11 };
  server.case.put("mover.cpr_number", { evidence: [quote] });
  server.tellForm();
  const line = page.locator("#line-2");
  await line.getByText("••••").first().waitFor();
  expect(await line.textContent()).not.toMatch(/fireogtredive|вісімдесят/);
  expect(await page.locator("#line-1").textContent()).toContain(SAMPLE.staff.da);
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-covered");

  // Written by hand: the form names the sentence no more.
  server.case.put("mover.cpr_number", { evidence: [], status: "corrected" });
  server.tellForm();
  await page.locator("[id='slot-mover.cpr_number']").getByText("Rettet").waitFor();
  await reload(page);
  await line.getByText("••••").first().waitFor();
  expect(await line.textContent()).not.toMatch(/fireogtredive|вісімдесят/);

  const show = page.getByRole("button", { name: "Vis ordene i nr. 2" });
  await show.press("Enter");
  await line.getByText("fireogtredive").waitFor();
  await line.getByText("вісімдесят").waitFor();
  await show.press("Enter");
  await expect.poll(() => line.textContent()).not.toMatch(/fireogtredive|вісімдесят/);
  expect(await show.evaluate((button) => button === document.activeElement)).toBe(true);
});

test("what was typed and sent, and lost on the way, comes by itself after a reload and leaves its field", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: "Skriv i stedet" }).click();
  const field = page.locator("#type-text");
  server.deaf = true;
  await field.fill("Nu går det.");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sender …" }).waitFor();
  server.deaf = false;
  await reload(page);
  await page.getByText("(Nu går det.)").waitFor();
  await expect.poll(() => field.inputValue()).toBe("");
  expect(sent("type_text")).toMatchObject([{ text: "Nu går det." }]);
});
