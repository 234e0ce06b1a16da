// One tablet serves many people, one after the other.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { open, server, TABLET, useBench } from "./bench";
import { MockCase, SAMPLE } from "./mock-case";

useBench();

/** Language, size of letters, mute and volume, as the page has them. */
function settings(page: Page): Promise<unknown[]> {
  return page.evaluate(() => [
    document.documentElement.lang,
    document.documentElement.style.getPropertyValue("--text-scale"),
    document.querySelector(".sound [aria-pressed]")?.getAttribute("aria-pressed"),
    document.querySelector<HTMLInputElement>(".sound input")?.value,
  ]);
}

const USUAL = ["uk", "1", "false", "100"];

async function begin(page: Page): Promise<void> {
  await page.locator(".equal-button").first().click();
  await page.locator(".sound input").waitFor();
}

async function choose(page: Page): Promise<void> {
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Larger text" }).click();
  await page.locator(".sound input").fill("20");
  await page.locator(".sound [aria-pressed]").click();
  await expect.poll(() => settings(page)).toEqual(["en", "1.2", "true", "20"]);
}

test("the next citizen finds the tablet as it is meant to be", async () => {
  const page = await open("/tablet?code=482913");
  await begin(page);
  expect(await settings(page)).toEqual(USUAL);
  await choose(page);

  // The same person after a reload reads the same language, in letters of the same size.
  await page.reload();
  await page.locator(".sound input").waitFor();
  expect((await settings(page)).slice(0, 2)).toEqual(["en", "1.2"]);

  server.tell({ type: "event", ...server.case.append("staff", { kind: "conversation_ended" }) });
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByLabel("Код (6 цифр)").waitFor();
  expect((await settings(page)).slice(0, 2)).toEqual(USUAL.slice(0, 2));
  server.case = new MockCase("FLY-2026-000124");
  server.pairing.code = "731502";
  // What somebody chooses before pairing is their own.
  await page.getByRole("button", { name: "English" }).click();
  await page.getByLabel("Code (6 digits)").fill("731502");
  await page.keyboard.press("Enter");
  await begin(page);
  expect(await settings(page)).toEqual(["en", ...USUAL.slice(1)]);

  server.case = new MockCase("FLY-2026-000125");
  server.pairing.code = "604817";
  // Another code is another person, also without a word of goodbye.
  await page.goto(`${server.url}/tablet?code=604817`);
  await begin(page);
  expect(await settings(page)).toEqual(USUAL);
});

test("a code that does not work leads nobody back into the case before", async () => {
  const page = await open("/tablet?code=482913");
  await begin(page);
  await page.goto(`${server.url}/tablet?code=111111`);
  await page.getByText("Цей код не діє.").waitFor();
  await page.reload();
  await page.getByLabel("Код (6 цифр)").waitFor();

  // Nor on a page that is open already, where a new code is no new page.
  server.case = new MockCase("FLY-2026-000124");
  server.pairing.code = "731502";
  await page.goto(`${server.url}/tablet#code=731502`);
  await begin(page);
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  await page.locator(".said").first().waitFor();
  await page.goto(`${server.url}/tablet#code=111111`);
  await page.getByText("Цей код не діє.").waitFor();
  expect(await page.locator(".said").count()).toBe(0);
  await page.reload();
  await page.getByLabel("Код (6 цифр)").waitFor();
});

test("a browser that keeps no ticket says so on both pages, and the conversation goes on", async () => {
  const full = (): void => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  };
  const staff = await open("/staff", TABLET, full);
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  const said = staff.getByText("Browseren kan ikke huske samtalen.");
  await said.waitFor();
  const page = await open("/tablet?code=482913", TABLET, full);
  await page.getByText("Браузер не може запам’ятати цю розмову.").waitFor();
  await begin(page);
  // Said once, also when the connection breaks; it comes back all the same.
  await staff.getByRole("button", { name: "Luk", exact: true }).click();
  server.cut();
  await expect.poll(() => server.greeted).toBe(4);
  await staff.getByText("Tablet tilsluttet").waitFor();
  expect(await said.count()).toBe(0);
});
