// Choosing a microphone among Chromium's fake ones, on a phone's screen: beside its level, remembered, and
// told when it is gone and when it is back.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { drawn, openStaff, openTablet, sent, server, sticksOut, useBench } from "./bench";
import { shot } from "./shots";

useBench();

const PHONE = { width: 360, height: 740 };
const CHOOSE = "Вибрати мікрофон і динамік";

/** What the page's script finds of the devices; kept by `withUnplugging`. */
interface Unplugging {
  /** The name of the microphone that is pulled out. */
  without: string | null;
}

function withUnplugging(): void {
  const unplugging: Unplugging = { without: null };
  Object.assign(window, { unplugging });
  const { mediaDevices } = navigator;
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ kind, label }) => kind !== "audioinput" || label !== unplugging.without);
}

/** Pulls a microphone out, or with null plugs it in again. */
async function unplug(page: Page, label: string | null): Promise<void> {
  await page.evaluate((name) => {
    (window as unknown as { unplugging: Unplugging }).unplugging.without = name;
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  }, label);
}

function level(page: Page, attribute: string): Promise<number> {
  return page
    .locator(`.devices [${attribute}]`)
    .evaluate((bar) => Number(getComputedStyle(bar).getPropertyValue("--level")));
}

test("a microphone is tried, chosen and remembered, and nothing of the try is sent", async () => {
  const page = await openTablet(PHONE, withUnplugging);
  await page.getByRole("button", { name: CHOOSE }).click();
  await page.getByRole("button", { name: "Перевірити мікрофон" }).click();
  await expect.poll(() => level(page, "data-trial")).toBeGreaterThan(0);
  const list = page.getByLabel("Мікрофон", { exact: true });
  const names = (await list.locator("option").allTextContents()).map((name) => name.trim());
  expect(names[0]).toBe("Стандартний");
  expect(names.length).toBeGreaterThan(2);
  const chosen = names[2] ?? "";
  await list.selectOption({ index: 2 });
  await page.getByText(`Зараз слухає: ${chosen}`).waitFor();
  expect([server.sound.bytes, sent("start_audio")]).toEqual([0, []]);

  await drawn(page);
  await shot(page, "tablet-devices");
  expect(await sticksOut(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  const small = await page
    .locator(".devices button, .devices select, .mic__choose")
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML));
  expect(small).toEqual([]);

  // The keyboard closes it, and is back where it came from.
  await list.press("Escape");
  await expect.poll(() => page.locator(".devices").count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("devices-button");

  await page.reload();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await page.getByText("Слухаю", { exact: true }).waitFor();
  await page.getByRole("button", { name: CHOOSE }).click();
  await page.getByText(`Зараз слухає: ${chosen}`).waitFor();
  expect(await list.locator("option:checked").textContent()).toContain(chosen);

  // It is pulled out: another one goes on, and it is named; back again it is used.
  const { bytes } = server.sound;
  await unplug(page, chosen);
  await page.getByText(`Мікрофон «${chosen}» від’єднався.`).waitFor();
  await page.getByText(`${chosen} (не під’єднано)`).waitFor({ state: "attached" });
  await page.getByText("Слухаю", { exact: true }).waitFor();
  await expect.poll(() => server.sound.bytes).toBeGreaterThan(bytes + 32_000);
  expect([sent("end_audio").length, sent("start_audio").length]).toEqual([1, 2]);
  await unplug(page, null);
  await page.getByText(`«${chosen}» знову під’єднано`).waitFor();
  await page.getByText(`Зараз слухає: ${chosen}`).waitFor();
});

test("the headset's tick is the microphone's for which it was set", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: "Vælg mikrofon og højttaler" }).click();
  await page.getByRole("button", { name: "Prøv mikrofonen" }).click();
  const list = page.getByLabel("Mikrofon", { exact: true });
  await list.selectOption({ index: 1 });
  const tick = page.getByRole("checkbox", { name: /^Jeg bruger headset/ });
  await tick.check();
  await list.selectOption({ index: 2 });
  await expect.poll(() => tick.isChecked()).toBe(false);
  await list.selectOption({ index: 1 });
  await expect.poll(() => tick.isChecked()).toBe(true);
  await shot(page, "staff-devices");
  expect(await accessibilityFaults(page)).toEqual([]);
});
