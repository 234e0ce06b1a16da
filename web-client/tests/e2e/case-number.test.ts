// Cases are told apart, over the phone, too: one short name on every screen, and the whole to copy.

import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { open, openStaff, server, sticksOut, useBench } from "./bench";
import { MockCase } from "./mock-case";
import { reviewOf } from "./mock-review";
import { shot } from "./shots";

const ID = "8a819a97-1f0e-4c55-9d57-0b6f3b1f2c44";

useBench(() => {
  server.case = new MockCase(ID);
});

test("the console names the case as the second person's list does, and shows all of it on request", async () => {
  const page = await openStaff();
  const name = page.locator(".bar__case summary");
  expect((await name.textContent())?.trim()).toBe("Sag 8a819a97");
  const whole = page.getByText(ID, { exact: true });
  expect(await whole.isVisible()).toBe(false);
  await name.press("Enter");
  await whole.waitFor();
  // One press marks it, to be copied.
  await whole.click();
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe(ID);
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-case-number");

  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  server.review = reviewOf(server.case);
  const other = await open("/supervisor");
  await other.getByRole("button", { name: ID }).waitFor();
  expect(await other.locator("td button b").textContent()).toBe("8a819a97");
  await other.getByRole("button", { name: ID }).click();
  expect(await other.locator("h1 b").textContent()).toBe("8a819a97");
  await shot(other, "supervisor-case-number");
});

test("own cases are told apart by their numbers, on a phone as well", async () => {
  server.session = { accounts: true, account: { name: "anne", role: "staff" } };
  const times = { opened_at: "2026-11-24T09:00:00Z", changed_at: "2026-11-24T10:00:00Z" };
  server.ownCases = [
    { case: ID, state: "open", ...times, move_date: null },
    { case: "1b2c3d4e-1f0e-4c55-9d57-0b6f3b1f2c44", state: "open", ...times, move_date: null },
  ];
  for (const width of [360, 1280]) {
    const page = await open("/staff", { width, height: 800 });
    await page.getByRole("button", { name: /Sag 8a819a97/ }).waitFor();
    await page.getByRole("button", { name: /Sag 1b2c3d4e/ }).waitFor();
    await page.getByText("Sag 1b2c3d4e").waitFor();
    expect([width, await sticksOut(page)]).toEqual([width, 0]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await shot(page, `staff-own-${width}`);
  }
  const page = await openStaff({ width: 360, height: 740 });
  await page.locator(".bar__case summary").click();
  await page.getByText(ID, { exact: true }).waitFor();
  expect(await sticksOut(page)).toBe(0);
  await shot(page, "staff-case-number-360");
});
