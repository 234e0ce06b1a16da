// The whole way: a Ukrainian recording into the tablet's microphone, through the real server and
// its models, to Danish text and a filled slot on the employee's screen.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage } from "./browser";
import { startServer, type RealServer } from "./real-server";
import { turnsOf, wordsOf, writeTurns } from "./recording";
import { docsShot, shot } from "./shots";

const CONVERSATION = "lodger-from-abroad";
/** Turns of the citizen that are played: arrival, citizenship, address, since when. */
const TURNS = [2, 12, 20, 22];
/** What the employee types first, so that the answers have a question. */
const QUESTION = "Hvornår kom du til Danmark?";
/** A small recogniser on a busy machine takes its time. */
const PATIENCE_MS = 240_000;

let folder: string;
let server: RealServer;
let staffBrowser: Browser;
let tabletBrowser: Browser;
let staff: Page;
let tablet: Page;
let faults: string[][];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tolkebot-sound-"));
  const wav = path.join(folder, "citizen.wav");
  await writeTurns(wav, CONVERSATION, TURNS, { lead: 1, pause: 3 });
  server = await startServer();
  staffBrowser = await openBrowser();
  tabletBrowser = await openBrowser({ wav });
  const opened = await openPage(staffBrowser, { width: 1366, height: 768 });
  const paired = await openPage(tabletBrowser, { width: 1280, height: 800 });
  staff = opened.page;
  tablet = paired.page;
  faults = [opened.faults, paired.faults];
  for (const page of [staff, tablet]) page.setDefaultTimeout(PATIENCE_MS);
});

afterAll(async () => {
  await staffBrowser?.close();
  await tabletBrowser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("spoken Ukrainian becomes Danish and a filled form", async () => {
  await staff.goto(`${server.url}/staff`);
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  const code = (await staff.locator(".pairing__code").innerText()).replace(/\D/g, "");
  expect(code).toMatch(/^\d{6}$/);
  await staff.getByRole("img", { name: /QR-kode/ }).waitFor();
  await shot(staff, "real-pairing");

  await tablet.goto(`${server.url}/tablet#code=${code}`);
  await tablet.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await staff.getByText("Tablet tilsluttet").waitFor();

  await staff.getByRole("button", { name: "Skriv i stedet" }).click();
  await staff.getByLabel("Skriv på dansk").fill(QUESTION);
  await staff.keyboard.press("Enter");
  await staff.getByRole("button", { name: "Skriv i stedet" }).click();
  const question = tablet.locator(".said--staff .said__text:not(.said__text--waiting)").first();
  await question.waitFor();
  expect(await question.innerText()).toMatch(/\p{Script=Cyrillic}/u);
  // The question is spoken, and the microphone would be deaf while it is.
  const voice = tablet.locator(".said--speaking");
  await voice.waitFor();
  await voice.waitFor({ state: "detached" });

  const spokenDanish = staff.getByRole("button", { name: "Stop oplæsning" }).waitFor();
  await tablet.getByRole("button", { name: "Натисніть і говоріть" }).click();
  const heard = staff.locator(".line--citizen:not(.line--partial) .line__original[lang=uk]");
  await expect.poll(() => heard.count(), { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(3);
  const said = wordsOf(
    (await turnsOf(CONVERSATION))
      .filter((turn) => TURNS.includes(turn.n))
      .map((turn) => turn.text)
      .join(" "),
  );
  const recognised = Array.from(wordsOf((await heard.allInnerTexts()).join(" ")));
  const right = recognised.filter((word) => said.has(word));
  expect(right.length, `heard ${recognised.join(" ")}`).toBeGreaterThanOrEqual(3);

  const danish = staff.locator(".line--citizen .line__translation[lang=da]");
  await danish.first().waitFor();
  expect(await danish.first().innerText()).toMatch(/\p{Script=Latin}/u);

  await spokenDanish;

  await expect
    .poll(() => staff.locator(".line--partial, .line__waiting, .line .draft").count(), { timeout: PATIENCE_MS })
    .toBe(0);

  // Something of what was said stands in the form, with its evidence in the transcript.
  const filled = staff.locator(".slot--proposed, .slot--needs_confirmation, .slot--derived");
  const spoken = filled.locator(".evidence:has(q[lang=uk])").first();
  await spoken.click();
  expect(await staff.locator(".line mark").innerText()).toMatch(/\p{Script=Cyrillic}/u);
  await shot(staff, "real-staff");
  await shot(tablet, "real-tablet");
  await docsShot(staff, "staff-console");
});

test("a reload comes back, the form can be fetched, and the end is seen on both screens", async () => {
  const before = await staff.locator(".line").count();
  await staff.reload();
  await expect
    .poll(() => staff.locator(".line:not(.line--partial)").count(), { timeout: PATIENCE_MS })
    .toBeGreaterThanOrEqual(before - 2);
  await staff.getByText("Forbundet", { exact: true }).waitFor();

  const address = await staff
    .getByRole("link", { name: /Hent data \(JSON\)/ })
    .getAttribute("href");
  const form = await staff.request.get(`${server.url}${address ?? ""}`);
  expect(form.status()).toBe(200);
  expect(JSON.stringify(await form.json())).toContain("move_date");
  const pdf = await staff.request.get(`${server.url}${(address ?? "").replace(/json$/, "pdf")}`);
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await staff.getByRole("button", { name: "Afslut samtale" }).click();
  await staff.getByRole("button", { name: "Ja, afslut" }).click();
  await staff.getByText("Samtalen er afsluttet.").waitFor();
  await tablet.getByRole("heading", { name: "Розмову завершено" }).waitFor();
  expect(faults.flat()).toEqual([]);
});
