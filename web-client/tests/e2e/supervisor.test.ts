// The supervisor's page against the mock server: signing in and out around a judgement, the keyboard,
// and narrow windows.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, openPage } from "./browser";
import { MockServer } from "./mock-server";

let browser: Browser;
let server: MockServer;
let faults: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await MockServer.start();
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  faults = [];
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await server.stop();
  expect(faults).toEqual([]);
});

async function open(width = 1280): Promise<Page> {
  const opened = await openPage(browser, { width, height: 800 });
  faults = opened.faults;
  opened.page.setDefaultTimeout(30_000);
  await opened.page.goto(`${server.url}/supervisor`);
  return opened.page;
}

test("signing out ends at the municipality's sign-in, too", async () => {
  server.signOutAt = `${server.url}/?signed=out`;
  const page = await open();
  await page.getByRole("button", { name: "Log ud (bente)" }).click();
  await page.waitForURL(server.signOutAt);
});

test("whoever cannot be signed out is told so", async () => {
  for (const address of ["/supervisor", "/staff"]) {
    server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
    server.signOutAt = "not_saved";
    const page = await open();
    await page.goto(`${server.url}${address}`);
    await page.getByRole("button", { name: "Log ud (bente)" }).click();
    await page.getByText("men serveren kunne ikke notere det").waitFor();
    // This browser has let go of it all the same.
    await page.getByRole("button", { name: "Log ind" }).waitFor();
  }
});
