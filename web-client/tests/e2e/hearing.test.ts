// What happens to spoken and interpreted words when the device takes its sound away or the network
// breaks, against the mock server: nobody may believe that they were heard when they were not.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTablet, sent, server, TABLET, useBench } from "./bench";
import { SAMPLE } from "./mock-case";

useBench();

/** What the page's script finds of the device; kept by `openKeeping`. */
interface Device {
  contexts: AudioContext[];
  tracks: MediaStreamTrack[];
  /** The device is in use elsewhere: sound can't be had back. */
  taken: boolean;
}

function openKeeping(): Promise<Page> {
  return openTablet(TABLET, () => {
    const device: Device = { contexts: [], tracks: [], taken: false };
    Object.assign(window, { device });
    window.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        device.contexts.push(this);
      }
      override resume(): Promise<void> {
        return device.taken ? Promise.reject(new Error("in use")) : super.resume();
      }
    };
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      device.tracks.push(...stream.getAudioTracks());
      return stream;
    };
  });
}

async function listen(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
  await page.getByText("Слухаю", { exact: true }).waitFor();
  const { bytes } = server.sound;
  await expect.poll(() => server.sound.bytes).toBeGreaterThan(bytes + 16_000);
}

/** Takes the sound away from what was opened; `taken`: for good. */
async function interrupt(page: Page, taken: boolean): Promise<void> {
  await page.evaluate(async (forGood) => {
    const { device } = window as unknown as { device: Device };
    device.taken = forGood;
    for (const context of device.contexts) await context.suspend();
  }, taken);
}

test("a microphone from which no sound comes is not shown as listening", async () => {
  const page = await openKeeping();
  await listen(page);
  // What gives the sound back is taken up again.
  await interrupt(page, false);
  const { bytes } = server.sound;
  await expect.poll(() => server.sound.bytes).toBeGreaterThan(bytes + 32_000);
  expect(await page.getByText("Слухаю", { exact: true }).count()).toBe(1);

  await interrupt(page, true);
  await page.getByText("Звук з мікрофона більше не надходить.").waitFor();
  await page.getByText("Мікрофон вимкнено").waitFor();
  await expect.poll(() => server.received.at(-1)?.message).toEqual({ type: "end_audio" });
  const level = await page.locator(".level__bar").evaluate((bar) => getComputedStyle(bar).getPropertyValue("--level"));
  expect(Number(level)).toBe(0);
});

test("a microphone that the device silences is not shown as listening", async () => {
  const page = await openKeeping();
  await listen(page);
  await page.evaluate(() => {
    const { device } = window as unknown as { device: Device };
    for (const track of device.tracks) Object.defineProperty(track, "muted", { value: true });
  });
  await page.getByText("Звук з мікрофона більше не надходить.").waitFor();
  // The person presses again, and it works.
  await listen(page);
  expect(await page.getByText("Звук з мікрофона більше не надходить.").count()).toBe(0);
});

test("what is said into a broken connection is not shown as heard, and is asked for again", async () => {
  const page = await openKeeping();
  await listen(page);
  server.refuse = "shutting_down";
  server.cut();
  await page.locator(".mic").getByText("Немає зв’язку").waitFor();
  expect(await page.getByText("Слухаю", { exact: true }).count()).toBe(0);
  const level = page.locator(".level__bar");
  await expect
    .poll(() => level.evaluate((bar) => getComputedStyle(bar).getPropertyValue("--level")))
    .toBe("0.00");
  // Some beeps of the fake microphone.
  await page.waitForTimeout(3_000);
  server.refuse = null;
  await page.getByText("Слухаю", { exact: true }).waitFor();
  await page.getByText("Останнє не почуто.").waitFor();
});

test("the microphone hears again when the loudspeaker is taken away in the middle of a sentence", async () => {
  const page = await openKeeping();
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await listen(page);
  await page.getByRole("button", { name: "Повторити" }).click();
  await page.getByText("Зачекайте, звучить переклад").waitFor();
  await page.evaluate(async () => {
    const { device } = window as unknown as { device: Device };
    // The first is the loudspeaker's: it is opened with the first press.
    await device.contexts[0]?.suspend();
  });
  await page.getByText("Слухаю", { exact: true }).waitFor();
  await page.getByText("Браузер вимкнув звук.").waitFor();
  await page.getByRole("button", { name: "Увімкнути звук" }).click();
  await expect.poll(() => page.getByText("Браузер вимкнув звук.").count()).toBe(0);
  await page.getByRole("button", { name: "Повторити" }).click();
  await page.getByText("Зачекайте, звучить переклад").waitFor();
});

test("typed text on a connection that only looks open is sent again on the next one", async () => {
  const page = await openKeeping();
  await page.getByRole("button", { name: "Написати" }).click();
  server.deaf = true;
  await page.locator("#type-text").fill("Мене звати Оксана.");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Надсилаю …" }).waitFor();
  // The next connection is slow to come: it is not given up for the text that the last one lost.
  server.welcomeAfter = 2_500;
  // The server's own words still come.
  const words = setInterval(() => server.tell({ type: "presence", staff: 1, citizen: 1 }), 1_000);
  try {
    await page.waitForEvent("websocket", { timeout: 20_000 });
  } finally {
    clearInterval(words);
  }
  expect(await page.locator("#type-text").inputValue()).toBe("Мене звати Оксана.");
  server.deaf = false;
  await page.locator(".said").getByText("Мене звати Оксана.").waitFor();
  await expect.poll(() => page.locator("#type-text").inputValue()).toBe("");
  expect(sent("type_text")).toHaveLength(1);
});

test("after sleep a connection that only looks open is made anew", async () => {
  const page = await openKeeping();
  await page.locator(".mic").waitFor();
  const greetings = (): number => server.greeted;
  expect(greetings()).toBe(1);
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
  });
  await expect.poll(greetings).toBe(2);
  await page.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
});
