// Windows of 320 and 640 px, which are also wider ones at four times and twice the size.

import { expect, test } from "vitest";
import { openStaff, openTablet, sticksOut, useBench } from "./bench";
import { shot } from "./shots";

const NARROW = { width: 320, height: 900 };

useBench();

test("the console fits a narrow window", async () => {
  const page = await openStaff(NARROW);
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 900 });
    await shot(page, `staff-${width}`);
    expect([width, await sticksOut(page)]).toEqual([width, 0]);
  }
});

test("the tablet fits a narrow window, also with large letters", async () => {
  const page = await openTablet(NARROW);
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
