// What the tests against the mock server share: one browser for a file, a fresh server for each test,
// and after each test, that no page had a fault.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { openBrowser, openPage } from "./browser";
import { MockServer } from "./mock-server";

/** This test's server. */
export let server: MockServer;

let browser: Browser;
/** Those of each page that the test opened. */
let faults: string[][] = [];

/** Sets the file up; `prepare` does what its tests need of a fresh server. */
export function useBench(prepare: () => void = () => {}): void {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await MockServer.start();
    faults = [];
    prepare();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await server.stop();
    expect(faults.flat()).toEqual([]);
  });
}

/** A window's size, px. */
export interface Size {
  width: number;
  height: number;
}

export const TABLET: Size = { width: 1280, height: 800 };

/** A page of its own, as on a device of its own. `before` is run in it before its scripts. */
export async function open(address: string, size = TABLET, before?: () => void): Promise<Page> {
  const opened = await openPage(browser, size);
  faults.push(opened.faults);
  const { page } = opened;
  page.setDefaultTimeout(30_000);
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(`${server.url}${address}`);
  return page;
}

/** The console with a new case, in its conversation. */
export async function openStaff(size = TABLET): Promise<Page> {
  const page = await open("/staff", size);
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
  return page;
}

/** The citizen's tablet in the conversation. */
export async function openTablet(size = TABLET, before?: () => void): Promise<Page> {
  const page = await open("/tablet?code=482913", size, before);
  await page.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  return page;
}

/** What clients sent of one kind. */
export function sent(type: string): unknown[] {
  return server.received.map(({ message }) => message).filter((message) => message.type === type);
}

/** Waits until it is so. */
export async function eventually(check: () => boolean): Promise<void> {
  await expect.poll(check).toBe(true);
}

/** Waits until the element with this id has the keyboard. */
export async function focused(page: Page, id: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(id);
}

/** Waits until the page has done whatever it does with what has just come: it draws the next but one time. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** How far what is shown reaches out of the window, px. */
export function sticksOut(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
