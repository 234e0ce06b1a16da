// Windows of 320 and 640 px, which are also wider ones at four times and twice the size.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, openPage } from "./browser";
import { MockServer } from "./mock-server";
import { shot } from "./shots";

let browser: Browser;
let server: MockServer;
let faults: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await MockServer.start();
  faults = [];
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await server.stop();
  expect(faults).toEqual([]);
});

async function open(address: string, width: number): Promise<Page> {
  const opened = await openPage(browser, { width, height: 900 });
  faults = opened.faults;
  opened.page.setDefaultTimeout(30_000);
  await opened.page.goto(`${server.url}${address}`);
  return opened.page;
}

const sticksOut = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("the console fits a narrow window", async () => {
  const page = await open("/staff", 320);
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 900 });
    await shot(page, `staff-${width}`);
    expect([width, await sticksOut(page)]).toEqual([width, 0]);
  }
});

test("the tablet fits a narrow window, also with large letters", async () => {
  const page = await open("/tablet?code=482913", 320);
  await page.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 900 });
    await shot(page, `tablet-${width}`);
    expect([width, await sticksOut(page)]).toEqual([width, 0]);
    const size = (): Promise<number> =>
      page
        .getByRole("button", { name: "Написати" })
        .evaluate((button) => Number.parseFloat(getComputedStyle(button).fontSize));
    const before = await size();
    await page.getByRole("button", { name: "Більший текст" }).click();
    await expect.poll(size).toBeGreaterThan(before);
    expect([width, "large", await sticksOut(page)]).toEqual([width, "large", 0]);
  }
});
