// What the citizen is led to, sees and hears said on the tablet, from step to step, against the mock server.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Ink, StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { drawn, eventually, focused, open, openStaff, openTablet, sent, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

const DIGEST = "3f".repeat(32);
/** As many as an ordinary case has. */
const LINES = Array.from({ length: 14 }, (_, i) => ({
  da: `Linje ${i}: du flytter til Randersvej 12.`,
  uk: `Рядок ${i}: ви переїжджаєте на Randersvej 12.`,
}));

useBench();

function tell(change: Partial<StageView>): void {
  server.tell({
    type: "stage",
    state: "read_back",
    digest: DIGEST,
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: LINES,
    unread: [],
    read_back_confirmed: false,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
    ...change,
  });
}

async function draw(page: Page): Promise<void> {
  const pad = page.locator("canvas");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the field to sign in is not on the screen");
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let i = 1; i <= 20; i += 1) {
    await page.mouse.move(box.x + 40 + i * 8, box.y + 40 + (i % 2) * 60);
  }
  await page.mouse.up();
}

/** How far the newest words are below the list's end, px. */
function belowTheEnd(page: Page): Promise<number> {
  return page
    .locator(".words__list")
    .evaluate((list) => Math.round(list.scrollHeight - list.scrollTop - list.clientHeight));
}

test("once the read-back is confirmed the place to sign is there, and a second tap does nothing", async () => {
  const page = await openTablet();
  tell({});
  const right = page.getByRole("button", { name: "Усе правильно" });
  await right.scrollIntoViewIfNeeded();
  const box = await right.boundingBox();
  if (box === null) throw new Error("nothing to press");
  const tap = (): Promise<void> => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await tap();
  await eventually(() => sent("confirm_read_back").length === 1);
  // Everything but the field itself waits for fingers that are still pressing.
  const early = await page.evaluateHandle(() => {
    const seen: boolean[][] = [];
    const look = (): void => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>(".signing button")];
      if (buttons.length > 0) seen.push(buttons.map((one) => one.disabled));
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  tell({ read_back_confirmed: true });
  await page.getByRole("heading", { name: "Тепер підпишіть" }).waitFor();
  await focused(page, "sign-now");
  await tap();
  expect((await early.jsonValue())[0]).toEqual([true, true, true]);
  await drawn(page);
  await page.getByRole("button", { name: "Підписати", exact: true, disabled: false }).waitFor();
  expect(sent("start_audio")).toEqual([]);
  expect(await page.getByText("Скажіть, що неправильно").count()).toBe(0);
  // All of the field is seen, and what it is about.
  const inSight = await page.evaluate(() => {
    const sheet = document.querySelector(".sign__page")?.getBoundingClientRect();
    const parts = ["#sign-now", "canvas"].map((one) => document.querySelector(one)?.getBoundingClientRect());
    return parts.map((part) => part !== undefined && sheet !== undefined && part.top >= sheet.top && part.bottom <= sheet.bottom);
  });
  expect(inSight).toEqual([true, true]);
  await shot(page, "tablet-sign-step");
  expect(await accessibilityFaults(page)).toEqual([]);

  // Also after a reload.
  await page.reload();
  await page.locator("canvas").waitFor();
  await expect.poll(() => page.locator(".sign__page").evaluate((sheet) => sheet.scrollTop)).toBeGreaterThan(0);
});

test("whoever is typing when the place to sign comes goes on typing", async () => {
  const page = await openTablet();
  tell({});
  await page.getByRole("button", { name: "Написати" }).click();
  await page.locator("#type-text:focus").waitFor();
  tell({ read_back_confirmed: true });
  await page.locator("canvas").waitFor();
  await focused(page, "type-text");
});

test("what is written is seen in colours of one's own, too", async () => {
  const page = await openTablet();
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  tell({ read_back_confirmed: true });
  const pad = page.locator("canvas");
  await pad.waitFor();
  await draw(page);
  await shot(page, "tablet-forced-colors");
  const picture = (await pad.screenshot()).toString("base64");
  // Another page reads the picture: this one takes no images of that kind.
  const reader = await page.context().newPage();
  const shades = await reader.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    if (pen === null) return [];
    pen.drawImage(image, 0, 0);
    // Without the frame.
    const { data } = pen.getImageData(6, 6, image.width - 12, image.height - 12);
    const reds = data.filter((_, i) => i % 4 === 0);
    return [reds.filter((red) => red < 64).length, reds.filter((red) => red > 192).length];
  }, picture);
  expect(shades[0]).toBeGreaterThan(200);
  expect(shades[1]).toBeGreaterThan(10_000);
  await reader.close();
});

test("on a phone a name has room to be written, and is kept in its own shape", async () => {
  const page = await openTablet({ width: 360, height: 740 });
  tell({ read_back_confirmed: true });
  const pad = page.locator("canvas");
  await pad.waitFor();
  const box = await pad.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(150);
  await draw(page);
  await page.getByRole("button", { name: "Підписати", exact: true }).click();
  await eventually(() => sent("sign").length === 1);
  const { ink } = sent("sign")[0] as { ink: Ink };
  expect(ink.width / ink.height).toBeCloseTo((box?.width ?? 0) / (box?.height ?? 1), 1);
});

test("the conversation is followed through every size of letters and every turn of the tablet", async () => {
  const page = await openTablet();
  for (let i = 0; i < 8; i += 1) server.say("staff", SAMPLE.staff.da, `${i}. ${SAMPLE.staff.uk} ${SAMPLE.staff.uk}`);
  await page.locator(".said").nth(7).waitFor();
  const steps = ["Збільшити текст", "Збільшити текст", "Зменшити текст", "Зменшити текст", "Зменшити текст"];
  for (const step of [...steps, ...steps]) {
    const button = page.getByRole("button", { name: step });
    if (await button.isEnabled()) await button.click();
    await drawn(page);
    await expect.poll(() => belowTheEnd(page)).toBeLessThan(2);
    expect(await page.getByText("До найновішого").count()).toBe(0);
  }
  for (const size of [{ width: 800, height: 1280 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expect.poll(() => belowTheEnd(page)).toBeLessThan(2);
  }
  // A person who reads older words is left there, larger letters or not.
  await page.locator(".words__list").hover();
  await page.mouse.wheel(0, -600);
  await page.getByText("До найновішого").waitFor();
  await page.getByRole("button", { name: "Збільшити текст" }).click();
  server.say("staff", SAMPLE.staff.da, "Найновіше.");
  await page.getByText("Найновіше.").waitFor({ state: "attached" });
  expect(await belowTheEnd(page)).toBeGreaterThan(100);
  const overMicrophone = await page.evaluate(() => {
    const [a, b] = [".to-newest", ".tablet-controls"].map((one) => document.querySelector(one)?.getBoundingClientRect());
    return (a?.bottom ?? 0) > (b?.top ?? 0);
  });
  expect(overMicrophone).toBe(false);
  await page.getByText("До найновішого").click();
  await expect.poll(() => belowTheEnd(page)).toBeLessThan(2);
});

test("while a human is waited for the employee's words are read, and a reload goes on waiting", async () => {
  const staff = await openStaff();
  const page = await openTablet();
  await page.getByRole("button", { name: "Покликати живого перекладача" }).click();
  const waiting = page.getByRole("heading", { name: "Працівника повідомлено" });
  await waiting.waitFor();
  server.say("staff", "Vent lidt, jeg ringer til tolken.", "Зачекайте, я телефоную перекладачеві.");
  const words = page.getByText("Зачекайте, я телефоную перекладачеві.").first();
  await words.waitFor();
  await shot(page, "tablet-human-words");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await waiting.waitFor();
  await words.waitFor();

  // Staff says that it is done; the banner is gone also after a reload.
  const banner = staff.getByText("Borgeren beder om en menneskelig tolk.");
  await banner.waitFor();
  await staff.getByRole("button", { name: "Tolk er tilkaldt" }).click();
  await expect.poll(() => banner.count()).toBe(0);
  await staff.reload();
  await staff.getByRole("button", { name: "Tal dansk" }).waitFor();
  expect(await banner.count()).toBe(0);
  // Asked for anew it is there anew.
  server.tell({ type: "event", ...server.case.append("citizen", { kind: "interpreter_requested" }) });
  await banner.waitFor();

  // The citizen goes on, also after a reload.
  await page.getByRole("button", { name: "Тим часом продовжити з ШІ-перекладачем" }).click();
  const microphone = page.getByRole("button", { name: "Натисніть і говоріть" });
  await microphone.waitFor();
  await page.reload();
  await microphone.waitFor();
  await page.getByRole("button", { name: "Покликати живого перекладача" }).click();
  await waiting.waitFor();
});

test("who declined the machine still waits for a human after a reload", async () => {
  const page = await open("/tablet?code=482913");
  await page.getByRole("button", { name: "Ні, дякую, мені потрібен живий перекладач" }).click();
  const waiting = page.getByRole("heading", { name: "Працівника повідомлено" });
  await waiting.waitFor();
  await page.reload();
  await waiting.waitFor();
  // Nothing is interpreted for them.
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await drawn(page);
  expect(await page.locator(".said").count()).toBe(0);
});

test("a reload costs neither half a sentence nor the size of the letters; leaving takes both away", async () => {
  const page = await openTablet();
  const words = "Я переїжджаю п";
  await page.getByRole("button", { name: "Написати" }).click();
  await page.getByLabel("Напишіть українською").fill(words);
  await page.getByRole("button", { name: "Збільшити текст" }).click();
  await page.getByRole("button", { name: "Збільшити текст" }).click();
  const scale = (): Promise<string> =>
    page.evaluate(() => document.documentElement.style.getPropertyValue("--text-scale"));
  await expect.poll(scale).toBe("1.45");
  await page.reload();
  await expect.poll(() => page.getByLabel("Напишіть українською").inputValue()).toBe(words);
  expect(await scale()).toBe("1.45");

  const kept = (): Promise<string> => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(await kept()).toContain(words);
  server.tell({ type: "event", ...server.case.append("staff", { kind: "conversation_ended" }) });
  await page.getByRole("button", { name: "Нова розмова" }).waitFor();
  await expect.poll(kept).not.toContain(words);
  await page.getByRole("button", { name: "Нова розмова" }).click();
  await page.getByLabel("Код (6 цифр)").waitFor();
  expect(await scale()).toBe("1");
  expect(await kept()).not.toContain("draft");
});

test("a screen reader is told what no voice says, and the name of each screen", async () => {
  const page = await openTablet();
  const log = page.getByRole("log");
  // A voice says it.
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await page.locator(".said").first().waitFor();
  await page.getByRole("button", { name: "Повторити" }).click();
  await page.locator(".said--speaking").waitFor();
  await expect.poll(() => page.locator(".said--speaking").count()).toBe(0);
  await page.waitForTimeout(6_000);
  expect(await log.textContent()).toBe("");
  // Nobody hears the voice.
  await page.getByRole("button", { name: "Вимкнути голос перекладача" }).click();
  server.say("staff", SAMPLE.staff.da, "Друге речення.");
  await expect.poll(() => log.textContent()).toBe("Друге речення.");
  const named = page.locator("body > [role=status]");
  tell({});
  await expect.poll(() => named.textContent()).toBe("Що записано у вашому повідомленні про переїзд");
  tell({ state: "open" });
  await expect.poll(() => named.textContent()).toBe("Розмова");
  // Into an open microphone nothing is read out because it is open.
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await page.getByText("Слухаю", { exact: true }).waitFor();
  expect(await page.locator(".mic__state [role=status]").getAttribute("aria-live")).toBe("off");
});

test("the citizen of a case that comes back is told that somebody has to clear something up", async () => {
  const page = await openTablet();
  const signature = { method: "tablet" as const, signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: DIGEST, void: false };
  tell({ state: "in_review", signature });
  await page.getByText("Ви підписали. Якщо щось").waitFor();
  tell({ state: "returned", signature });
  await page.getByText("Працівник має ще щось уточнити.").waitFor();
  expect(await page.getByText("Якщо щось усе ж неправильно").count()).toBe(0);
});
