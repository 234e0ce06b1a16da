// While the form is read back and signed: what the citizen can still say and hear, against the mock server.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { eventually, open, openTablet, sent, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

const DIGEST = "3f".repeat(32);
const LINES = [
  { da: "Du flytter den 15. december 2026.", uk: "Ви переїжджаєте 15 грудня 2026 року." },
  { da: "Du flytter til Randersvej 12.", uk: "Ви переїжджаєте на Randersvej 12." },
];

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

/** Writes something like a name with the mouse. */
async function draw(page: Page): Promise<void> {
  const pad = page.locator("canvas");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the field to sign in is not on the screen");
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let i = 1; i <= 20; i += 1) {
    await page.mouse.move(box.x + 40 + i * 15, box.y + 40 + (i % 2) * 30);
  }
  await page.mouse.up();
}

test("the citizen is not cut off by the read-back: microphone, staff's words, a human", async () => {
  const page = await openTablet();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  const stop = page.getByRole("button", { name: "Зупинити мікрофон" });
  await stop.waitFor();
  tell({});
  await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
  // A microphone that is on is seen, and can be stopped.
  await stop.waitFor();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await page.getByRole("region", { name: "Розмова" }).getByText(SAMPLE.staff.uk).waitFor();
  await shot(page, "tablet-read-back-talking");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Покликати живого перекладача" }).click();
  await page.locator("main").getByText("Працівника повідомлено").waitFor();
  await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
  // The microphone goes first.
  await eventually(() => sent("request_interpreter").length > 0);
  expect(sent("end_audio")).toHaveLength(1);
  expect(sent("request_interpreter")).toHaveLength(1);

  // Something is wrong: the citizen says or types what.
  await page.getByRole("button", { name: "Щось неправильно" }).click();
  await eventually(() => sent("doubt_read_back").length === 1);
  tell({ read_back_doubted: true });
  await page.getByText("Скажіть, що неправильно").waitFor();
  await stop.click();
  await page.getByRole("button", { name: "Написати" }).click();
  await page.getByLabel("Напишіть українською").fill("Не дванадцять, а чотирнадцять");
  await page.getByRole("button", { name: "Надіслати" }).click();
  await eventually(() => sent("type_text").length === 1);

  // After the end nobody interprets any more; what was read can still be heard and signed.
  server.tell({ type: "event", ...server.case.append("staff", { kind: "conversation_ended" }) });
  await expect.poll(() => page.locator(".mic").count()).toBe(0);
  await page.getByRole("button", { name: "Усе правильно" }).waitFor();
  await page.getByRole("button", { name: "Вимкнути голос перекладача" }).waitFor();
});

test("whoever says twice that something is wrong can say at once that it is right after all", async () => {
  const page = await openTablet();
  tell({});
  const wrong = page.getByRole("button", { name: "Щось неправильно" });
  await wrong.click();
  await eventually(() => sent("doubt_read_back").length === 1);
  tell({ read_back_doubted: true });
  await page.getByText("Скажіть, що неправильно").waitFor();
  await wrong.click();
  await page.getByRole("button", { name: "Усе правильно" }).click();
  await eventually(() => sent("confirm_read_back").length === 1);
  expect(sent("doubt_read_back")).toHaveLength(1);
});

test("a microphone that is only starting is stopped, too, when a human is asked for", async () => {
  const page = await openTablet();
  // The browser's own question is not answered yet.
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (wanted) =>
      new Promise((given) => {
        document.addEventListener("answered", () => given(ask(wanted)), { once: true });
      });
  });
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await page.getByRole("button", { name: "Зупинити мікрофон" }).waitFor();
  await page.getByRole("button", { name: "Покликати живого перекладача" }).click();
  await page.getByRole("heading", { name: "Працівника повідомлено" }).waitFor();
  await page.evaluate(() => document.dispatchEvent(new Event("answered")));
  await page.getByRole("button", { name: "Тим часом продовжити з ШІ-перекладачем" }).click();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  expect(sent("start_audio")).toEqual([]);
});

test("on an upright tablet the microphone is seen beside the form, and nothing offers what isn't there", async () => {
  const page = await openTablet({ width: 800, height: 1280 });
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  const stop = page.getByRole("button", { name: "Зупинити мікрофон" });
  await stop.waitFor();
  await page.getByRole("button", { name: "Що записано у формі" }).click();
  await page.getByRole("heading", { name: "Що записано у формі" }).waitFor();
  expect(await stop.isVisible()).toBe(true);
  expect(await page.locator(".words__list").isVisible()).toBe(false);
  await shot(page, "tablet-upright-form-talking");
  tell({});
  await page.getByText("Ви переїжджаєте на Randersvej 12.").waitFor();
  expect(await page.getByRole("button", { name: "Що записано у формі" }).count()).toBe(0);
});

test("who wants no machine to interpret hears the form read and signs it, also after a reload", async () => {
  const page = await open("/tablet?code=482913");
  await page.getByRole("button", { name: "Ні, дякую, мені потрібен живий перекладач" }).click();
  await page.getByRole("heading", { name: "Працівника повідомлено" }).waitFor();
  tell({});
  for (const reloaded of [false, true]) {
    if (reloaded) await page.reload();
    await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
    // What the machine would interpret is not asked for.
    expect(await page.locator(".mic").count()).toBe(0);
  }
  await page.getByRole("button", { name: "Усе правильно" }).click();
  await eventually(() => sent("confirm_read_back").length === 1);
});

test("the read-back is not lost on a tablet that is muted, or that the browser keeps quiet", async () => {
  const page = await openTablet();
  await page.getByRole("button", { name: "Вимкнути голос перекладача" }).click();
  const muted = page.locator(".sound [aria-pressed=true]");
  await muted.waitFor();
  tell({});
  await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
  await expect.poll(() => muted.count()).toBe(0);

  // A page that was loaded anew may not make a sound before it is touched.
  await page.reload();
  await page.getByRole("button", { name: "Прочитати ще раз" }).click();
  await eventually(() => sent("read_again").length === 1);
  await expect.poll(() => page.locator(".sound__stop").isEnabled()).toBe(true);
  expect(await page.getByText("Браузер вимкнув звук.").count()).toBe(0);
});

test("a signature stays until it has arrived, and it is said when it has not", async () => {
  const page = await openTablet();
  tell({ read_back_confirmed: true });
  const sign = page.getByRole("button", { name: "Підписати", exact: true });
  const lost = page.getByText("Ваш підпис не дійшов.");
  await page.locator("canvas").waitFor();
  await draw(page);
  const drawn = (): Promise<string> =>
    page.evaluate(() => document.querySelector("canvas")?.toDataURL() ?? "");
  const ink = await drawn();

  // Refused: the form has changed.
  await sign.click();
  await page.getByRole("button", { name: "Надсилаю …" }).waitFor();
  const code = "slot_changed" as const;
  server.tell({ type: "error", code, message: "told to", fatal: false });
  await lost.waitFor();
  expect(await drawn()).toBe(ink);

  // Swallowed by a connection that is dying.
  server.deaf = true;
  await sign.click();
  await expect.poll(() => lost.count()).toBe(0);
  server.cut();
  await lost.waitFor();
  server.deaf = false;
  expect(await drawn()).toBe(ink);

  await sign.click();
  await eventually(() => sent("sign").length === 2);
  const [first, second] = sent("sign") as { ink: unknown }[];
  expect(second?.ink).toEqual(first?.ink);
  const signature = { method: "tablet" as const, signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: DIGEST, void: false };
  tell({ state: "signed", signature });
  await page.getByText("Ви підписали.").waitFor();
  expect(await lost.count()).toBe(0);
});

test("half-typed words stay when the field goes away: closed, or taken by the next screen", async () => {
  const page = await openTablet();
  const words = "Я переїжджаю п";
  await page.getByRole("button", { name: "Написати" }).click();
  const field = page.getByLabel("Напишіть українською");
  await field.fill(words);
  await page.getByRole("button", { name: "Закрити поле" }).click();
  await page.getByRole("button", { name: "Написати" }).click();
  expect(await field.inputValue()).toBe(words);
  await page.getByRole("button", { name: "Покликати живого перекладача" }).click();
  await page.getByRole("button", { name: "Тим часом продовжити з ШІ-перекладачем" }).click();
  expect(await field.inputValue()).toBe(words);
  tell({});
  await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
  expect(await field.inputValue()).toBe(words);
  await page.getByRole("button", { name: "Надіслати" }).click();
  await expect.poll(() => field.inputValue()).toBe("");
  expect(sent("type_text")).toMatchObject([{ text: words }]);
});

test("yes and no stand with a capital where they stand alone", async () => {
  const staff = await open("/staff");
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  const page = await openTablet();
  const no = { value: false, display_da: "nej", display_uk: "ні", status: "confirmed" as const };
  server.case.put("mover.phone", no);
  server.tellForm();
  await page.locator(".written dd").getByText("Ні", { exact: true }).waitFor();
  await staff.locator("#slot-mover\\.phone").getByText("Nej", { exact: true }).waitFor();
});

test("what is not read aloud stands before the signature to be looked at", async () => {
  const page = await openTablet();
  server.case.fillFromSample(1);
  server.tell({ type: "form", ...server.case.form });
  tell({ unread: ["to.street_name", "to.house_number", "to.floor"] });
  const unread = page.getByRole("region", { name: "Не читається вголос" });
  await unread.getByText("Randersvej").waitFor();
  await unread.getByText("95").waitFor();
  // Only what is filled, and nothing of the rest of the form.
  expect(await unread.locator("dt").allTextContents()).toEqual(["Назва вулиці", "Номер будинку"]);
  await shot(page, "tablet-read-back-unread");
  expect(await accessibilityFaults(page)).toEqual([]);
  tell({ unread: [] });
  await expect.poll(() => unread.count()).toBe(0);
});
