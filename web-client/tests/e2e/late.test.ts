// A server that takes requests and never answers them: the page says so, and there is a way on.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DOCUMENTS_WITHIN_MS, WITHIN_MS } from "../../src/protocol/api";
import { accessibilityFaults } from "./accessibility";
import { open, openStaff, server, useBench } from "./bench";

useBench();

/** Swallows what is sent to the address, until told to let it through. */
async function hanging(page: Page, address: string): Promise<() => Promise<void>> {
  await page.route(address, () => {});
  return () => page.unroute(address);
}

/** Presses, waits until it is asked, and lets the time go by. */
async function inVain(page: Page, address: string, press: () => Promise<void>, ms = WITHIN_MS): Promise<void> {
  const asked = page.waitForRequest(address);
  await press();
  await asked;
  await page.clock.runFor(ms + 1_000);
}

test("a case is opened at the second try", async () => {
  const page = await open("/staff");
  const start = page.getByRole("button", { name: "Start ny sag" });
  await start.waitFor();
  await page.clock.install();
  const release = await hanging(page, "**/api/cases");
  await inVain(page, "**/api/cases", () => start.click());
  await page.getByText("Serveren svarede ikke i tide.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await release();
  await start.click();
  await page.clock.resume();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).waitFor();
});

test("a tablet is paired at the second try", async () => {
  const page = await open("/tablet");
  const code = page.getByLabel("Код (6 цифр)");
  await code.waitFor();
  await page.clock.install();
  const release = await hanging(page, "**/api/pair");
  await code.fill("482913");
  await inVain(page, "**/api/pair", () => page.keyboard.press("Enter"));
  await page.getByText("Сервер не відповів вчасно.").waitFor();
  await release();
  await page.clock.resume();
  await page.getByRole("button", { name: "З’єднати" }).click();
  await page.locator(".equal-button").first().waitFor();
});

test("a supervisor's page is not stuck, also where it is left", async () => {
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  const page = await open("/supervisor");
  await page.getByText("Ingen sager venter.").waitFor();
  await page.clock.install();
  const release = await hanging(page, "**/api/review");
  await inVain(page, "**/api/review", () => page.getByRole("button", { name: "Opdatér" }).click());
  await page.getByText("Serveren svarede ikke i tide.").waitFor();
  await release();
  await page.clock.resume();
  await page.getByRole("button", { name: "Log ud (bente)" }).click();
  await page.getByLabel("Brugernavn").waitFor();
});

test("a document that does not come can be fetched again", async () => {
  server.session = { accounts: false, account: null, nemlogin: true };
  const page = await openStaff();
  server.tell({
    type: "stage",
    state: "read_back",
    digest: "3f".repeat(32),
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [],
    unread: [],
    read_back_confirmed: true,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
  });
  await page.getByText("Underskrift med MitID i stedet").click();
  await page.clock.install();
  const release = await hanging(page, "**/nemlogin/export");
  const fetching = page.getByRole("button", { name: "Hent dokument til underskrift" });
  await inVain(page, "**/nemlogin/export", () => fetching.click(), DOCUMENTS_WITHIN_MS);
  await page.getByText("Serveren svarede ikke i tide.").waitFor();
  await release();
  await page.clock.resume();
  await fetching.click();
  await page.getByText("Dokumentets aftryk: abababababababab …").waitFor();
});
