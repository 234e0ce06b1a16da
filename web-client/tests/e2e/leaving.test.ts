// Screens that a conversation has left, and ways out of one, against the mock server.

import { expect, test } from "vitest";
import type { CaseStage, StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { drawn, open, openStaff, openTablet, server, useBench } from "./bench";
import { MockCase, SAMPLE } from "./mock-case";
import { shot } from "./shots";

function tell(change: Partial<StageView>): void {
  server.tell({
    type: "stage",
    state: "open",
    digest: "3f".repeat(32),
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [],
    unread: [],
    read_back_confirmed: false,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
    ...change,
  });
}

useBench();

test("a tablet that was replaced shows nothing of the conversation, and leads to the code", async () => {
  const page = await openTablet();
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  await page.locator(".said__text").getByText("Рандерсвей").waitFor();
  // What screen readers were told, too.
  const told = page.getByRole("log").getByText(SAMPLE.staff.uk);
  await told.waitFor({ state: "attached" });
  server.closeWith("replaced");
  await page.getByText("Розмова більше не відображається на цьому планшеті.").waitFor();
  expect(await page.locator(".said, .written").count()).toBe(0);
  expect(await told.count()).toBe(0);
  await page.getByRole("button", { name: "Продовжити тут" }).waitFor();
  await shot(page, "tablet-elsewhere");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Ввести новий код" }).click();
  await page.getByLabel("Код (6 цифр)").waitFor();
});

test("a reload does not take the conversation back from the tablet that has it now", async () => {
  const page = await openTablet();
  server.closeWith("replaced");
  await page.getByText("Розмова більше не відображається на цьому планшеті.").waitFor();
  await page.reload();
  await page.getByLabel("Код (6 цифр)").waitFor();

  // Taken back by a person, it is this tablet's again.
  server.pairing.code = "731502";
  const other = await open("/tablet?code=731502");
  await other.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  server.closeWith("replaced");
  await other.getByRole("button", { name: "Продовжити тут" }).click();
  // The screen is back before the connection is.
  await expect.poll(() => other.getByRole("button", { name: "Натисніть і говоріть" }).isEnabled()).toBe(true);
  await other.reload();
  await other.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
});

test("a tablet that was left alone, or whose ticket is no good, shows nothing until a person goes on", async () => {
  const page = await openTablet();
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  const said = page.locator(".said__text").getByText("Рандерсвей");
  await said.waitFor();
  server.closeWith("idle_timeout");
  await page.getByText("Розмова більше не відображається на цьому планшеті.").waitFor();
  expect(await said.count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Продовжити тут" }).click();
  await said.waitFor();

  server.refuse = "bad_ticket";
  server.cut();
  await page.getByText("Розмова більше не відображається на цьому планшеті.").waitFor();
  expect(await said.count()).toBe(0);
  await page.getByRole("button", { name: "Ввести новий код" }).click();
  await page.getByLabel("Код (6 цифр)").waitFor();
});

test("a case that is gone leads out on both pages, also after a reload", async () => {
  const staff = await openStaff();
  const tablet = await openTablet();
  server.refuse = "not_allowed";
  server.cut();
  await staff.reload();
  await staff.getByRole("button", { name: "Ny sag" }).click();
  await staff.getByRole("button", { name: "Start ny sag" }).waitFor();
  await tablet.reload();
  await tablet.getByRole("button", { name: "Ввести новий код" }).click();
  await tablet.getByLabel("Код (6 цифр)").waitFor();
});

test("staff whose case is open in another tab can begin a new one", async () => {
  const page = await openStaff();
  server.closeWith("replaced");
  await page.getByRole("button", { name: "Fortsæt her" }).waitFor();
  await page.getByRole("button", { name: "Ny sag" }).click();
  await page.getByRole("button", { name: "Start ny sag" }).waitFor();
});

test("a code that comes when its case has been left leads no tablet into it", async () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1" fill="#000000"/></svg>';
  server.pairing.lifetime_s = 0;
  const page = await openStaff();
  let answer = (): void => {};
  const asked = new Promise<void>((heard) => {
    void page.route("**/pairing", async (route) => {
      heard();
      await new Promise<void>((now) => (answer = now));
      await route.fulfill({ json: { code: "731502", url: "", qr_svg: SVG, expires_in_s: 600 } });
    });
  });
  await page.getByRole("button", { name: "Få en ny kode" }).click();
  await asked;
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  await page.getByRole("button", { name: "Ny sag" }).click();
  server.case = new MockCase("FLY-2026-000124");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
  const answered = page.waitForResponse("**/pairing");
  answer();
  await (await answered).finished();
  await drawn(page);
  expect(await page.locator(".pairing__code").count()).toBe(0);
});

test("a code for another tablet that cannot be had is told, and not any more once that was read", async () => {
  const page = await openStaff();
  await openTablet();
  await page.getByText("Tablet tilsluttet").waitFor();
  server.failApi = "not_saved";
  const change = page.getByRole("button", { name: "Skift tablet" });
  await change.click();
  const trouble = page.getByText("Serveren kan ikke læse eller gemme sager lige nu.");
  await trouble.waitFor();
  await change.click();
  await trouble.waitFor({ state: "detached" });
  server.failApi = null;
  await change.click();
  await page.getByText("731").waitFor();
  expect(await trouble.count()).toBe(0);
});

test("a case can be ended before staff has read the notice, and nothing there leads nowhere", async () => {
  const page = await open("/staff");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).waitFor();
  await open("/tablet?code=482913");
  await page.getByText("Tablet tilsluttet").waitFor();
  // Its code would not be shown on this screen.
  expect(await page.getByRole("button", { name: "Skift tablet" }).count()).toBe(0);
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  await page.getByText("Samtalen er afsluttet.").waitFor();
});

test("the question before the end is there on the next screen, too", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("dialog").waitFor();
});

test("staff gives a case up, says why, and the tablet says that nothing was handed in", async () => {
  const page = await openStaff();
  const tablet = await openTablet();
  const cancel = page.getByRole("button", { name: "Annuller sagen", exact: true });
  const offered: CaseStage[] = ["open", "read_back", "signed", "in_review", "returned", "approved"];
  for (const state of offered) {
    tell({ state });
    await page.locator(".stage__state").waitFor();
    await cancel.waitFor();
  }
  tell({ state: "submitted" });
  await expect.poll(() => cancel.count()).toBe(0);
  const signature = { method: "tablet" as const, signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: "", void: true };
  tell({ state: "open", signature });
  await cancel.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Formularen bliver ikke sendt ind").waitFor();
  await shot(page, "staff-cancel");
  expect(await accessibilityFaults(page)).toEqual([]);
  // Not without a reason.
  await dialog.getByRole("button", { name: "Ja, annuller sagen" }).click();
  await dialog.getByRole("button", { name: "Behold sagen" }).click();
  expect(server.received.some(({ message }) => message.type === "cancel_case")).toBe(false);
  await cancel.click();
  await dialog.getByLabel("Hvorfor?").fill("Åbnet ved en fejl");
  await dialog.getByRole("button", { name: "Ja, annuller sagen" }).click();
  await page.getByText("Sagen er annulleret.").waitFor();
  expect(server.received.at(-1)?.message).toEqual({ type: "cancel_case", reason: "Åbnet ved en fejl" });
  expect(await cancel.count()).toBe(0);
  await tablet.getByRole("heading", { name: "Справу скасовано" }).waitFor();
  await tablet.getByText("Повідомлення про переїзд не подано.").waitFor();
  expect(await tablet.getByRole("button", { name: "Покликати живого перекладача" }).count()).toBe(0);
  // Nobody is asked to sign again.
  expect(await tablet.getByText("Ваш підпис більше не дійсний").count()).toBe(0);
  await shot(tablet, "tablet-cancelled");
});

test("a case that was opened by mistake is given up before the notice", async () => {
  const page = await open("/staff");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).waitFor();
  tell({});
  await page.getByRole("button", { name: "Annuller sagen", exact: true }).click();
  await page.getByLabel("Hvorfor?").fill("Åbnet ved en fejl");
  await page.getByRole("button", { name: "Ja, annuller sagen" }).click();
  await page.getByText("Sagen er annulleret.").waitFor();
  await page.getByRole("button", { name: "Ny sag" }).click();
  await page.getByRole("button", { name: "Start ny sag" }).waitFor();
});
