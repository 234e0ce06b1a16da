// Keeping the sound of a case, on both screens against the real server: asked for, agreed to, kept,
// withdrawn by either side, declined; and nothing of it where the municipality does not allow it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { openBrowser, openPage } from "./browser";
import { startServer, type RealServer } from "./real-server";
import { writeTurns } from "./recording";
import { shot } from "./shots";

/** A small recogniser on a busy machine takes its time. */
const RECOGNISED_MS = 240_000;
/** Everything else. */
const PATIENCE_MS = 60_000;
const CONSOLE = { width: 1366, height: 768 };
const TABLET = { width: 1280, height: 800 };

const QUESTION = /^Чи дозволяєте ви муніципалітету зберегти звук розмови\?/;
const YES = "Так, звук можна зберегти";
const NO = "Ні, не зберігайте звук";
const KEPT = "Звук розмови зберігається.";
const WITHDRAW = "Припинити й видалити звук";
const NOT_KEPT = "Звук не зберігається.";
const DELETED = "Звук видалено. Звук розмови не зберігається.";

const OFFER = "Gem lyd …";
const ASK = "Spørg borgeren om samtykke";
const TASK = "Gem lyden som led i en myndighedsopgave";
const BEGIN = "Begynd at gemme lyden";
const KEEPING = /^Lyden gemmes\. Grundlag: borgerens samtykke/;
const STOP = "Stop, og slet lyden";
const DELETED_STAFF = "Den gemte lyd er slettet. Der gemmes ikke mere.";

/** A counter: two screens, each in a browser of its own, because each has its microphone. */
class Counter {
  staff!: Page;
  tablet!: Page;
  readonly faults: string[][] = [];

  private constructor(
    readonly server: RealServer,
    private readonly browsers: { staff: Browser; tablet: Browser },
  ) {}

  static async open(settings: string[], wav?: string): Promise<Counter> {
    // Nothing is read aloud here, so that the microphone is never deaf.
    const server = await startServer({ settings: ["speech = false", ...settings] });
    const staff = await openBrowser();
    const tablet = await openBrowser(wav === undefined ? {} : { wav });
    return new Counter(server, { staff, tablet });
  }

  async close(): Promise<void> {
    await this.browsers.staff.close();
    await this.browsers.tablet.close();
    await this.server.stop();
  }

  /** Somebody new comes to the counter; returns what the notice on the tablet says. */
  async newCase(): Promise<string> {
    const staff = await openPage(this.browsers.staff, CONSOLE);
    const tablet = await openPage(this.browsers.tablet, TABLET, { hasTouch: true });
    this.faults.push(staff.faults, tablet.faults);
    for (const { page } of [staff, tablet]) page.setDefaultTimeout(PATIENCE_MS);
    this.staff = staff.page;
    this.tablet = tablet.page;
    await this.staff.goto(`${this.server.url}/staff`);
    await this.staff.getByRole("button", { name: "Start ny sag" }).click();
    await this.staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
    const code = (await this.staff.locator(".pairing__code").innerText()).replace(/\D/g, "");
    await this.tablet.goto(`${this.server.url}/tablet#code=${code}`);
    const start = this.tablet.getByRole("button", {
      name: "Я прочитав (прочитала). Почати розмову",
    });
    await start.waitFor();
    const notice = await this.tablet.locator("main").innerText();
    await start.click();
    await this.staff.getByText("Tablet tilsluttet").waitFor();
    return notice;
  }

  async ask(): Promise<void> {
    await this.staff.getByRole("button", { name: OFFER }).click();
    await this.staff.getByRole("dialog").getByRole("button", { name: ASK }).click();
  }

  /** The case's export, as the citizen gets it on request. */
  async exported(): Promise<{ sounds: unknown[]; events: unknown[] }> {
    const link = this.staff.getByRole("link", { name: /Hent data \(JSON\)/ });
    const id = /cases\/([^/]+)\//.exec((await link.getAttribute("href")) ?? "")?.[1] ?? "";
    const json = await this.server.command(["export", "--case", id, "--data", this.server.data]);
    return JSON.parse(json) as { sounds: unknown[]; events: unknown[] };
  }
}

/** What stands in the banner about sound; "" where there is none. */
async function banner(page: Page): Promise<string> {
  const text = await page.locator("#sound-keeping").innerText();
  return text.replace(/\s+/g, " ").trim();
}

/** The keyboard goes on where the pressed button was, not at the top of the page. */
async function keyboardIsIn(page: Page, id: string): Promise<void> {
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");
  await expect.poll(focused, { timeout: PATIENCE_MS }).toBe(id);
}

/** Presses a button of the size of letters until there is no further size. */
async function pressToTheEnd(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  const scale = (): Promise<string> =>
    page.evaluate(() => document.documentElement.style.getPropertyValue("--text-scale"));
  // The size changes at once, the button only when the page is drawn anew: asked in between, the
  // button would still be enabled at the last size.
  const drawn = (): Promise<void> =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  while (await button.isEnabled()) {
    const before = await scale();
    await button.click();
    await expect.poll(scale, { timeout: PATIENCE_MS }).not.toBe(before);
    await drawn();
  }
}

/** At 200 % nothing is cut off to the side, and the buttons can be reached. */
async function holdsWhenEnlarged(page: Page, size: typeof CONSOLE, name: string): Promise<void> {
  await page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, `${name}: wider than the screen`).toBe(0);
  // Nothing lies over anything else.
  const edge = async (selector: string, side: "top" | "bottom"): Promise<number> =>
    page.locator(selector).evaluate((element, which) => element.getBoundingClientRect()[which], side);
  const lowest = await page
    .locator(".bar")
    .evaluate((bar) => Math.max(...Array.from(bar.querySelectorAll("button"), (b) => b.getBoundingClientRect().bottom)));
  expect(await edge("#sound-keeping", "top"), `${name}: under the bar`).toBeGreaterThanOrEqual(lowest);
  expect(await edge("#main", "top")).toBeGreaterThanOrEqual((await edge("#sound-keeping", "bottom")) - 1);
  const text = await page.locator("#sound-keeping .notice__text").boundingBox();
  expect(text?.width, `${name}: too narrow to read`).toBeGreaterThan(200);
  for (const button of await page.locator("#sound-keeping button").all()) {
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(size.width / 2);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height / 2);
  }
  await shot(page, `${name}-200`);
  await page.setViewportSize(size);
}

describe("where the municipality allows it", () => {
  let folder: string;
  let counter: Counter;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tolkebot-sound-"));
    const wav = path.join(folder, "citizen.wav");
    await writeTurns(wav, "lodger-from-abroad", [2], { lead: 1, pause: 3 });
    counter = await Counter.open(['privacy.keep_sound = "when_agreed"'], wav);
  });

  afterAll(async () => {
    await counter?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the citizen is asked in Ukrainian, agrees, is heard, and has everything deleted", async () => {
    const notice = await counter.newCase();
    const { staff, tablet } = counter;
    expect(notice).toContain("Звук не зберігається, якщо для вашої справи не вирішать інакше.");
    // Nothing is erased by its age here, so nothing is promised.
    expect(notice).toContain("Текст розмови зберігається разом із вашою справою");
    expect([await banner(staff), await banner(tablet)]).toEqual(["", ""]);

    await staff.getByRole("button", { name: OFFER }).click();
    const dialog = staff.getByRole("dialog");
    await dialog.getByText("Lyden gemmes normalt ikke").waitFor();
    // Enter on the way in changes nothing.
    expect(await staff.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Annuller");
    await shot(staff, "real-sound-dialog");
    expect(await accessibilityFaults(staff)).toEqual([]);
    await dialog.getByRole("button", { name: ASK }).click();

    await staff.getByText("Borgeren bliver spurgt på tabletten, om lyden må gemmes.").waitFor();
    await tablet.getByText(QUESTION).waitFor();
    expect(await tablet.locator("html").getAttribute("lang")).toBe("uk");
    await shot(tablet, "real-sound-asked-tablet");
    await shot(staff, "real-sound-asked-staff");
    await holdsWhenEnlarged(tablet, TABLET, "real-sound-asked-tablet");
    // Neither answer is easier to give than the other.
    const [yes, no] = await Promise.all(
      [YES, NO].map((name) => tablet.getByRole("button", { name }).boundingBox()),
    );
    expect([yes?.y, yes?.height]).toEqual([no?.y, no?.height]);
    // The citizen's own way to larger letters.
    await pressToTheEnd(tablet, "Збільшити текст");
    await shot(tablet, "real-sound-asked-tablet-large");
    await pressToTheEnd(tablet, "Зменшити текст");
    expect(await accessibilityFaults(tablet)).toEqual([]);

    // Neither screen forgets it when it is loaded again.
    await Promise.all([staff.reload(), tablet.reload()]);
    await staff.getByText("Borgeren bliver spurgt på tabletten, om lyden må gemmes.").waitFor();
    await tablet.getByText(QUESTION).waitFor();

    // By keyboard: yes, then no, in the order in which they are read.
    await tablet.getByRole("button", { name: YES }).focus();
    await tablet.keyboard.press("Tab");
    expect(await tablet.evaluate(() => document.activeElement?.textContent?.trim())).toBe(NO);
    await tablet.keyboard.press("Shift+Tab");
    await tablet.keyboard.press("Enter");
    await tablet.getByText("Ви погодилися на збереження звуку розмови.").waitFor();
    await keyboardIsIn(tablet, "sound-keeping");
    await shot(tablet, "real-sound-agreed-tablet");
    await staff.getByText("Der gemmes intet endnu.").waitFor();
    expect(await staff.getByRole("button", { name: OFFER }).count()).toBe(0);
    await shot(staff, "real-sound-agreed-staff");

    await staff.getByRole("button", { name: BEGIN }).focus();
    await staff.keyboard.press("Enter");
    await staff.getByText(KEEPING).waitFor();
    await keyboardIsIn(staff, "sound-keeping");
    await tablet.getByText(KEPT).waitFor();
    expect(await staff.getByRole("button", { name: OFFER }).count()).toBe(0);

    await tablet.getByRole("button", { name: "Натисніть і говоріть" }).click();
    const heard = staff.locator(".line--citizen:not(.line--partial)").first();
    await heard.waitFor({ timeout: RECOGNISED_MS });
    await expect
      .poll(async () => (await counter.exported()).sounds.length, { timeout: PATIENCE_MS })
      .toBeGreaterThanOrEqual(1);
    await tablet.getByRole("button", { name: "Зупинити мікрофон" }).click();
    await shot(staff, "real-sound-kept-staff");
    await shot(tablet, "real-sound-kept-tablet");
    await holdsWhenEnlarged(staff, CONSOLE, "real-sound-kept-staff");
    await holdsWhenEnlarged(tablet, TABLET, "real-sound-kept-tablet");
    for (const page of [staff, tablet]) expect(await accessibilityFaults(page)).toEqual([]);

    await Promise.all([staff.reload(), tablet.reload()]);
    await staff.getByText(KEEPING).waitFor();
    await tablet.getByText(KEPT).waitFor();

    await tablet.getByRole("button", { name: WITHDRAW }).focus();
    await tablet.keyboard.press("Enter");
    await tablet.getByText(DELETED).waitFor();
    await keyboardIsIn(tablet, "sound-keeping");
    await staff.getByText(DELETED_STAFF).waitFor();
    const left = await counter.exported();
    expect(left.sounds).toEqual([]);
    expect(JSON.stringify(left.events)).toContain("sound_destroyed");
    await shot(tablet, "real-sound-deleted-tablet");
    await shot(staff, "real-sound-deleted-staff");
    for (const page of [staff, tablet]) expect(await accessibilityFaults(page)).toEqual([]);

    await Promise.all([staff.reload(), tablet.reload()]);
    await tablet.getByText(DELETED).waitFor();
    await staff.getByText(DELETED_STAFF).waitFor();

    // To have it deleted is a no against every basis, too.
    await staff.getByRole("button", { name: OFFER }).click();
    await staff.getByRole("dialog").getByRole("button", { name: ASK }).waitFor();
    expect(await staff.getByRole("button", { name: TASK }).count()).toBe(0);
  });

  test("a no counts on both screens, can be asked about once more, and staff ends it, too", async () => {
    await counter.newCase();
    const { staff, tablet } = counter;
    // Nothing of the case before.
    expect([await banner(staff), await banner(tablet)]).toEqual(["", ""]);
    await counter.ask();
    await tablet.getByRole("button", { name: NO }).click();
    await tablet.getByText(NOT_KEPT).waitFor();
    await staff.getByText("Borgeren vil ikke have lyden gemt.").waitFor();
    expect(await staff.getByRole("button", { name: BEGIN }).count()).toBe(0);
    await shot(tablet, "real-sound-declined-tablet");
    await Promise.all([staff.reload(), tablet.reload()]);
    await staff.getByText("Borgeren vil ikke have lyden gemt.").waitFor();
    await tablet.getByText(NOT_KEPT).waitFor();

    // A no stands against every basis: the server would refuse, so it is not offered.
    await staff.getByRole("button", { name: OFFER }).click();
    await staff.getByRole("dialog").getByRole("button", { name: ASK }).waitFor();
    expect(await staff.getByRole("button", { name: TASK }).count()).toBe(0);
    await shot(staff, "real-sound-declined-staff");
    await staff.getByRole("dialog").getByRole("button", { name: ASK }).click();

    await tablet.getByText(QUESTION).waitFor();
    await tablet.getByRole("button", { name: YES }).click();
    await staff.getByRole("button", { name: BEGIN }).click();
    await tablet.getByText(KEPT).waitFor();
    await staff.getByRole("button", { name: STOP }).focus();
    await staff.keyboard.press("Enter");
    await staff.getByText(DELETED_STAFF).waitFor();
    await keyboardIsIn(staff, "sound-keeping");
    await tablet.getByText(DELETED).waitFor();
    // A consent is good for one opt-in.
    expect(await staff.getByRole("button", { name: BEGIN }).count()).toBe(0);
    await staff.getByRole("button", { name: OFFER }).waitFor();

    // For a task of the authority nobody is asked, and the tablet says it all the same.
    await staff.getByRole("button", { name: OFFER }).click();
    await staff.getByRole("dialog").getByRole("button", { name: TASK }).click();
    await staff.getByText(/^Lyden gemmes\. Grundlag: en myndighedsopgave/).waitFor();
    await tablet.getByText(KEPT).waitFor();
    await staff.getByRole("button", { name: "Afslut samtale" }).click();
    await staff.getByRole("button", { name: "Ja, afslut" }).click();
    await tablet.getByRole("heading", { name: "Розмову завершено" }).waitFor();
    // Either side can still have it deleted when the conversation is over.
    await shot(tablet, "real-sound-ended-tablet");
    await tablet.getByRole("button", { name: WITHDRAW }).click();
    await tablet.getByText(DELETED).waitFor();
    await staff.getByText(DELETED_STAFF).waitFor();
    await shot(staff, "real-sound-ended-staff");
    expect(counter.faults.flat()).toEqual([]);
  });
});

describe("where the municipality has not decided anything", () => {
  let counter: Counter;

  beforeAll(async () => {
    const days = ["open", "ended", "cancelled", "submitted"].map((of) => `retention.${of}_days = 14`);
    counter = await Counter.open(['authority = "Rebild Kommune"', ...days]);
  });

  afterAll(async () => {
    await counter?.close();
  });

  test("neither screen speaks of it, and the notice says that sound is not kept", async () => {
    const notice = await counter.newCase();
    const { staff, tablet } = counter;
    expect(notice).toContain(NOT_KEPT);
    expect(notice).not.toContain("не вирішать інакше");
    // Whose counter it is, and what the settings promise.
    expect(notice).toContain("Відповідальний за обробку даних (контролер): Rebild Kommune.");
    expect(notice).toContain("видаляється не пізніше ніж через 14 днів після");
    await staff.getByRole("button", { name: "Skriv i stedet" }).waitFor();
    expect(await staff.getByRole("button", { name: OFFER }).count()).toBe(0);
    expect([await banner(staff), await banner(tablet)]).toEqual(["", ""]);
    for (const page of [staff, tablet]) {
      expect(await page.locator("#sound-keeping button, .notice--keeping").count()).toBe(0);
    }
    await shot(staff, "real-sound-never-staff");
    await shot(tablet, "real-sound-never-tablet");
    expect(counter.faults.flat()).toEqual([]);
  });
});
