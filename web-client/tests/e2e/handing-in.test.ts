// From the counter to the folder, against the real server: a form filled by hand, read back, signed by
// finger, voided by a change, signed again, approved by a second person, sealed and handed in.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { openBrowser, openPage } from "./browser";
import { PASSWORD, startServer, type RealServer } from "./real-server";
import { shot } from "./shots";

const PATIENCE_MS = 30_000;
const DAY_MS = 24 * 3600 * 1000;

/** Everything that a move within the municipality needs, as staff types or chooses it. */
const VALUES: Array<[key: string, text: string]> = [
  ["case.move_type", "domestic_within_municipality"],
  ["case.reporter_role", "self"],
  ["mover.surname", "Kovalenko"],
  ["mover.given_names", "Oksana"],
  ["mover.name_source", "passport"],
  ["mover.cpr_number", "070584-1234"],
  ["mover.birth_date", "1984-05-07"],
  ["mover.id_document_type", "passport"],
  ["mover.has_mitid", "false"],
  // The server has a clock of its own.
  ["move_date", new Date(Date.now() + 4 * DAY_MS).toISOString().slice(0, 10)],
  ["from.country", "Danmark"],
  ["from.address_line", "Vestergade 12, 2. th, 8000 Aarhus C"],
  ["from.whole_household_moves", "true"],
  ["to.street_name", "Randersvej"],
  ["to.house_number", "95"],
  ["to.postal_code", "8200"],
  ["dwelling.type", "rented_private"],
  ["dwelling.others_registered", "false"],
  ["dwelling.lease_document", "shown"],
  ["household.count", "1"],
  ["gp.choice", "keep"],
  ["poa.used", "false"],
];

const VOID_STAFF = /Underskriften gælder ikke længere/;
const VOID_CITIZEN = /Ваш підпис більше не дійсний/;

let server: RealServer;
let browser: Browser;
let staff: Page;
let tablet: Page;
let supervisor: Page;
let faults: string[][];

beforeAll(async () => {
  server = await startServer({
    accounts: { anne: "staff", bo: "supervisor" },
    // Nothing is said here; the voice is the conversation test's.
    settings: ["speech = false"],
  });
  browser = await openBrowser();
  const opened = await openPage(browser, { width: 1366, height: 768 });
  const paired = await openPage(browser, { width: 1280, height: 800 }, { hasTouch: true });
  const second = await openPage(browser, { width: 1366, height: 768 });
  [staff, tablet, supervisor] = [opened.page, paired.page, second.page];
  faults = [opened.faults, paired.faults, second.faults];
  for (const page of [staff, tablet, supervisor]) page.setDefaultTimeout(PATIENCE_MS);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Brugernavn").fill(name);
  await page.getByLabel("Adgangskode").fill(PASSWORD);
  await page.getByRole("button", { name: "Log ind" }).click();
}

function slot(key: string): Locator {
  return staff.locator(`[id="slot-${key}"]`);
}

/** Staff's own hand: the editor of a value, as its kind wants it. */
async function write(key: string, text: string, signed = false): Promise<void> {
  const row = slot(key);
  await row.locator(".slot__edit").click();
  const field = row.locator("[name=slot-editor]");
  await field.waitFor();
  if ((await field.evaluate((element) => element.tagName)) === "SELECT") {
    await field.selectOption(text);
  } else {
    await field.fill(text);
  }
  await row.getByRole("button", { name: "Gem" }).click();
  if (signed) {
    await staff.getByRole("dialog", { name: "Borgeren har skrevet under" }).waitFor();
    await staff.getByRole("button", { name: "Fortsæt, og lad borgeren skrive under igen" }).click();
  }
  await field.waitFor({ state: "detached" });
  await expect
    .poll(() => row.getAttribute("class"), { message: key, timeout: PATIENCE_MS })
    .toMatch(/slot--(corrected|confirmed)/);
}

/** Read back by staff, confirmed by the citizen, who then stands before the field to sign in. */
async function readBack(): Promise<void> {
  await staff.getByRole("button", { name: "Læs op for borgeren" }).click();
  await tablet.getByRole("button", { name: "Усе правильно" }).click();
  await tablet.locator("canvas").waitFor();
  await staff.getByText("Borgeren skal skrive under på tabletten.").waitFor();
}

/** A finger that writes two strokes, and the button. */
async function signByFinger(): Promise<void> {
  const pad = tablet.locator("canvas");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the field to sign in is not on the screen");
  const finger = await tablet.context().newCDPSession(tablet);
  const touch = async (type: "touchStart" | "touchMove", x: number, y: number): Promise<void> => {
    await finger.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
  };
  for (const stroke of [0, 1]) {
    const left = box.x + box.width * (0.1 + 0.45 * stroke);
    const middle = box.y + box.height / 2;
    await touch("touchStart", left, middle);
    for (let i = 1; i <= 12; i += 1) {
      await touch("touchMove", left + i * 25, middle + (i % 2 === 0 ? 40 : -40));
    }
    await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
  await finger.detach();
  await tablet.getByRole("button", { name: "Підписати" }).click();
  await staff.getByText("Underskrevet", { exact: true }).waitFor();
  await tablet.getByText("Ви підписали.").waitFor();
}

test("staff fills the form, the citizen signs, and a change after it voids the signature on both screens", async () => {
  await staff.goto(`${server.url}/staff`);
  await signIn(staff, "anne");
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  const code = (await staff.locator(".pairing__code").innerText()).replace(/\D/g, "");
  await tablet.goto(`${server.url}/tablet#code=${code}`);
  await tablet.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await staff.getByText("Tablet tilsluttet").waitFor();

  await staff.getByText("Vis tomme felter").click();
  expect(await staff.getByRole("button", { name: "Læs op for borgeren" }).count()).toBe(0);
  for (const [key, text] of VALUES) await write(key, text);

  await readBack();
  const lines = tablet.locator(".read-back [lang=uk]");
  expect(await lines.allInnerTexts()).toContainEqual(expect.stringContaining("Randersvej 95"));
  await signByFinger();
  await shot(tablet, "real-signed");

  await write("to.house_number", "97", true);
  await staff.getByText(VOID_STAFF).waitFor();
  await tablet.getByText(VOID_CITIZEN).waitFor();
  expect(await staff.getByRole("button", { name: "Send til godkendelse" }).count()).toBe(0);
  expect(await tablet.getByText("Ви підписали.").count()).toBe(0);
  await shot(staff, "real-void-staff");
  await shot(tablet, "real-void-tablet");
  expect(await accessibilityFaults(tablet)).toEqual([]);
});

test("what was signed again and approved by a second person is sealed and handed in", async () => {
  await readBack();
  // Until there is another signature, the citizen is told why there must be one.
  await tablet.getByText(VOID_CITIZEN).waitFor();
  await signByFinger();
  expect(await staff.getByText(VOID_STAFF).count()).toBe(0);
  await staff.getByRole("button", { name: "Send til godkendelse" }).click();
  await staff.getByText("Til godkendelse hos en kollega").waitFor();

  await supervisor.goto(`${server.url}/supervisor`);
  await signIn(supervisor, "bo");
  await supervisor.getByText("Alle godkendte sager er indsendt.").waitFor();
  const waiting = supervisor.locator("tbody tr");
  expect(await waiting.innerText()).toContain("anne");
  await waiting.getByRole("button").click();
  await supervisor
    .getByText(/Underskrevet \d.* af Oksana Kovalenko, med finger på tablet\./)
    .waitFor();
  // The log of who did what: the signature that was voided, the change, the one that holds.
  await supervisor.getByText("Hvad der er sket").click();
  expect(await supervisor.getByText(/borger\s+skrev under\s+Oksana Kovalenko/).count()).toBe(2);
  await supervisor.getByText(/medarbejder\s+anne\s+rettede\s+Husnummer:\s+95\s+→\s+97/).waitFor();
  await shot(supervisor, "real-review");
  await supervisor.getByRole("button", { name: "Godkend og indsend" }).click();
  await staff.getByText("Indsendt", { exact: true }).waitFor();
  await supervisor.getByRole("button", { name: "Opdatér" }).click();
  await supervisor.getByText("Ingen sager venter.").waitFor();
  await supervisor.getByText("Alle godkendte sager er indsendt.").waitFor();

  const submitted = path.join(server.data, "submitted");
  // Beside the folder stands what was handed out.
  const cases = (await readdir(submitted)).filter((name) => !name.startsWith("."));
  expect(cases).toHaveLength(1);
  const folder = path.join(submitted, cases[0] ?? "");
  expect((await readdir(folder)).sort()).toEqual([
    "form.json",
    "form.pdf",
    "form.xml",
    "manifest.json",
    "receipt.pdf",
  ]);
  const handedIn: unknown = JSON.parse(await readFile(path.join(folder, "form.json"), "utf8"));
  expect(handedIn).toMatchObject({ case: cases[0], values: { "to.house_number": { value: "97" } } });

  // Exits with 1 if anything was changed.
  const pdf = path.join(folder, "form.pdf");
  const found: unknown = JSON.parse(await server.command(["document", "verify", pdf, "--json"]));
  expect(found).toMatchObject({
    case: cases[0],
    intact: true,
    draft: false,
    signature: true,
    seals: [expect.objectContaining({ test: true })],
  });
  expect(faults.flat()).toEqual([]);
});
