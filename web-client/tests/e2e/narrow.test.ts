// Windows of 320 and 640 px, which are also wider ones at four times and twice the size.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawn, openStaff, openTablet, server, sticksOut, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
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
    await page.getByRole("button", { name: "Збільшити текст" }).click();
    await expect.poll(size).toBeGreaterThan(before);
    expect([width, "large", await sticksOut(page)]).toEqual([width, "large", 0]);
  }
});

/** Pairs of the tablet's controls that lie over each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = Array.from(
      document.querySelectorAll(
        ".mic__button, .mic__state, .sound > *, .tablet-controls__side > button, .type-box, .to-newest",
      ),
    )
      // Not what a narrow bar leaves out.
      .filter((one) => one.getBoundingClientRect().width > 0)
      .map((one) => ({ name: one.className, box: one.getBoundingClientRect() }));
    return parts.flatMap((a, i) =>
      parts
        .slice(i + 1)
        .filter(
          (b) =>
            Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
            Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 1,
        )
        .map((b) => `${a.name} / ${b.name}`),
    );
  });
}

test("no control of the tablet lies over another, with large letters either", async () => {
  const page = await openTablet();
  await page.getByRole("button", { name: "Написати" }).click();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await page.getByRole("button", { name: "Зупинити мікрофон" }).waitFor();
  const stage = { digest: "3f".repeat(32), missing: [], unconfirmed: [], blocked_by: [], unread: [] };
  const told = { ...stage, read_back_confirmed: false, read_back_doubted: false, signature: null, returned_because: "", comments: [] };
  for (const state of ["open", "read_back"] as const) {
    server.tell({ type: "stage", ...told, state, read_back: [{ da: "Du flytter.", uk: "Ви переїжджаєте." }] });
    await page.locator(state === "open" ? ".words" : ".sign").waitFor();
    for (const step of ["", "Збільшити текст", "Збільшити текст", "Зменшити текст", "Зменшити текст"]) {
      if (step !== "") await page.getByRole("button", { name: step }).click();
      for (const [width, height] of [[360, 740], [740, 360], [768, 800], [961, 800], [1024, 800], [1180, 800], [1366, 800]] as const) {
        await page.setViewportSize({ width, height });
        await drawn(page);
        expect([state, step, width, await overlaps(page), await sticksOut(page)]).toEqual([state, step, width, [], 0]);
      }
    }
  }
});

test("on a phone what is read has most of the screen, and every control is large enough", async () => {
  const page = await openTablet();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  const stop = page.getByRole("button", { name: "Зупинити мікрофон" });
  await stop.waitFor();
  const stage = { digest: "3f".repeat(32), missing: [], unconfirmed: [], blocked_by: [], unread: [] };
  const told = { ...stage, signature: null, returned_because: "", comments: [], read_back_confirmed: true, read_back_doubted: false };
  const read_back = Array.from({ length: 12 }, () => ({ da: "Du flytter.", uk: "Ви переїжджаєте." }));
  for (const [width, height] of [[360, 740], [740, 360]] as const) {
    await page.setViewportSize({ width, height });
    server.tell({ type: "stage", ...told, read_back, state: "open" });
    await page.locator(".words").waitFor();
    await drawn(page);
    const below = await stop.evaluate((one) => one.getBoundingClientRect().bottom - window.innerHeight);
    expect([width, below <= 0]).toEqual([width, true]);

    server.tell({ type: "stage", ...told, read_back, state: "read_back" });
    await page.locator("canvas").waitFor();
    await drawn(page);
    // What stays below while the page scrolls.
    const share = await page.locator(".foot, .foot > *").evaluateAll((all) => {
      const stays = all.filter((one) => getComputedStyle(one).position === "sticky");
      return Math.min(...stays.map((one) => one.getBoundingClientRect().top)) / window.innerHeight;
    });
    expect([width, share > 0.65]).toEqual([width, true]);
    const small = await page
      .locator("button:visible")
      .evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent.trim()),
      );
    expect([width, small]).toEqual([width, []]);

    const letters = (step: string): Promise<void> => page.getByRole("button", { name: step }).click();
    for (let i = 0; i < 2; i += 1) await letters("Збільшити текст");
    await drawn(page);
    const cut = await page.locator(".sign__page").evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth);
    expect([width, await sticksOut(page), cut]).toEqual([width, 0, 0]);
    for (let i = 0; i < 2; i += 1) await letters("Зменшити текст");
  }
});

test("what a line is marked with is not cut off", async () => {
  const page = await openStaff(NARROW);
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  const mark = page.locator(".line .badge-error");
  await mark.waitFor();
  for (const width of [320, 360, 768, 1366]) {
    await page.setViewportSize({ width, height: 900 });
    await drawn(page);
    const cut = await mark.evaluate((one) => {
      const list = one.closest(".talk__scroll");
      return list === null ? -1 : one.getBoundingClientRect().right - list.getBoundingClientRect().right;
    });
    expect(cut).toBeLessThanOrEqual(0);
  }
});
