// Documents on their way to NemLog-in and back that come late: they belong to one form of one case.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawn, openStaff, server, useBench } from "./bench";
import { MockCase } from "./mock-case";

useBench(() => {
  server.session = { accounts: false, account: null, nemlogin: true };
});

const HELD = { document: "JVBERi0=", document_sha256: "cd".repeat(32), package: "{}" };

function readBack(digest: string): void {
  server.tell({
    type: "stage",
    state: "read_back",
    digest: digest.repeat(32),
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [],
    unread: [],
    read_back_confirmed: true,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
  });
}

/** The panel of the case, opened; and a press on its first button. */
async function fetchDocument(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Hent dokument til underskrift" });
  await page.getByText("Underskrift med MitID i stedet").click();
  await button.click();
}

test("a document that comes when its case has been left takes nothing from the next case", async () => {
  const page = await openStaff();
  readBack("3f");
  let answer = (): void => {};
  const asked = new Promise<void>((heard) => {
    void page.route("**/nemlogin/export", async (route) => {
      heard();
      await new Promise<void>((now) => (answer = now));
      await route.fulfill({ json: HELD });
    }, { times: 1 });
  });
  await fetchDocument(page);
  await asked;
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  await page.getByRole("button", { name: "Ny sag" }).click();
  server.case = new MockCase("FLY-2026-000124");
  readBack("5a");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await fetchDocument(page);
  await page.getByText("Dokumentets aftryk: abababababababab …").waitFor();
  const late = page.waitForResponse("**/nemlogin/export");
  answer();
  await (await late).finished();
  await drawn(page);
  const link = page.getByRole("link", { name: "Gem dokumentet (PDF)" });
  expect(await link.getAttribute("download")).toBe("FLY-2026-000124-document.pdf");
  await page.getByText("Dokumentets aftryk: abababababababab …").waitFor();
});

test("a document of the form before it was changed is not offered to be signed", async () => {
  const page = await openStaff();
  readBack("3f");
  await fetchDocument(page);
  const link = page.getByRole("link", { name: "Gem dokumentet (PDF)" });
  await link.waitFor();
  // Told again, it is the same form.
  readBack("3f");
  await drawn(page);
  expect(await link.count()).toBe(1);
  readBack("5a");
  await expect.poll(() => link.count()).toBe(0);
  await page.getByRole("button", { name: "Hent dokument til underskrift" }).click();
  await link.waitFor();
});
