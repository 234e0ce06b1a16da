// The supervisor's page against the mock server: signing in and out around a judgement, the keyboard,
// and narrow windows.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { focused, open, server, sticksOut, useBench } from "./bench";
import { reviewOf } from "./mock-review";
import { shot } from "./shots";

useBench(() => {
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
});

function openList(width = 1280): Promise<Page> {
  return open("/supervisor", { width, height: 800 });
}

test("signing out ends at the municipality's sign-in, too", async () => {
  server.signOutAt = `${server.url}/?signed=out`;
  const page = await openList();
  await page.getByRole("button", { name: "Log ud (bente)" }).click();
  await page.waitForURL(server.signOutAt);

  // The provider sends everybody to the staff console: they end up where they began.
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  server.signOutAt = `${server.url}/staff`;
  const other = await openList();
  const asked = ["**/staff", "**/supervisor"].map((address) => other.waitForRequest(address));
  await other.getByRole("button", { name: "Log ud (bente)" }).click();
  await Promise.all(asked);
  await other.getByRole("button", { name: "Log ind" }).waitFor();
  // Who opens the console then means the console.
  await other.goto(`${server.url}/staff`);
  await other.getByRole("button", { name: "Log ind" }).waitFor();
  expect(other.url()).toBe(`${server.url}/staff`);
});

test("signing out is not passed over while the server is asked for something else", async () => {
  const page = await openList();
  const refresh = page.getByRole("button", { name: "Opdatér" });
  await refresh.waitFor();
  let answer = (): void => {};
  const asked = new Promise<void>((heard) => {
    void page.route("**/api/review", async (route) => {
      heard();
      await new Promise<void>((now) => (answer = now));
      await route.continue();
    });
  });
  await refresh.click();
  await asked;
  await page.getByRole("button", { name: "Log ud (bente)" }).click();
  answer();
  await page.getByRole("button", { name: "Log ind" }).waitFor();
  expect(server.session?.account).toBeNull();
});

test("whoever cannot be signed out is told so", async () => {
  for (const address of ["/supervisor", "/staff"]) {
    server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
    server.signOutAt = "not_saved";
    const page = await open(address);
    await page.getByRole("button", { name: "Log ud (bente)" }).click();
    await page.getByText("men serveren kunne ikke notere det").waitFor();
    // This browser has let go of it all the same.
    await page.getByRole("button", { name: "Log ind" }).waitFor();
  }
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Brugernavn").fill(name);
  await page.getByLabel("Adgangskode").fill("x");
  await page.getByRole("button", { name: "Log ind" }).click();
}

const REMARK = "Bemærkning til Flyttedato";
const REASON = "Hvorfor sendes sagen tilbage?";

async function write(page: Page): Promise<void> {
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByLabel(REMARK).fill("Står der 15 i kontrakten?");
  await page.getByLabel(REASON).fill("Se datoen.");
}

async function written(page: Page): Promise<string[]> {
  return [await page.getByLabel(REMARK).inputValue(), await page.getByLabel(REASON).inputValue()];
}

const WRITTEN = ["Står der 15 i kontrakten?", "Se datoen."];

test("what was written survives a session that ended, the list and a reload", async () => {
  server.review = reviewOf(server.case);
  const page = await openList();
  await write(page);
  server.session = { accounts: true, account: null };
  await page.getByRole("button", { name: "Send tilbage" }).click();
  await signIn(page, "bente");
  await page.getByLabel(REMARK).waitFor();
  expect(await written(page)).toEqual(WRITTEN);

  await page.getByRole("button", { name: "Tilbage til listen" }).click();
  await page.getByRole("button", { name: server.case.id }).click();
  expect(await written(page)).toEqual(WRITTEN);
  await page.reload();
  await page.getByRole("button", { name: server.case.id }).click();
  expect(await written(page)).toEqual(WRITTEN);

  // Nobody else finds it.
  server.session = { accounts: true, account: null };
  await page.getByRole("button", { name: "Tilbage til listen" }).click();
  await signIn(page, "carl");
  await page.getByRole("button", { name: server.case.id }).click();
  expect(await written(page)).toEqual(["", ""]);
});

test("a case is not approved over a remark that would be lost", async () => {
  const review = reviewOf(server.case);
  server.review = review;
  const page = await openList();
  await write(page);
  const approve = page.getByRole("button", { name: "Godkend og indsend" });
  await page.getByText("Der er skrevet en bemærkning eller en begrundelse.").waitFor();
  expect(await approve.isDisabled()).toBe(true);
  await page.getByLabel(REMARK).fill("");
  expect(await approve.isDisabled()).toBe(true);
  await page.getByLabel(REASON).fill(" ");
  await expect.poll(() => approve.isDisabled()).toBe(false);
  await approve.click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(server.decided.map(({ pathname }) => pathname)).toEqual([
    `/api/cases/${server.case.id}/review/approve`,
  ]);

  // What was sent does not come back.
  server.review = review;
  await page.getByRole("button", { name: "Opdatér" }).click();
  await write(page);
  await page.getByRole("button", { name: "Send tilbage" }).click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(server.decided[1]?.body).toEqual({
    digest: review.stage.digest,
    noted: "",
    reason: "Se datoen.",
    comments: [{ key: "move_date", text: "Står der 15 i kontrakten?" }],
  });
  server.review = review;
  await page.getByRole("button", { name: "Opdatér" }).click();
  await page.getByRole("button", { name: server.case.id }).click();
  expect(await written(page)).toEqual(["", ""]);
});

test("the keyboard stays on the page, and what was decided is said", async () => {
  const review = reviewOf(server.case);
  server.review = review;
  server.session = { accounts: true, account: null };
  const page = await openList();
  await page.getByLabel("Brugernavn").fill("bente");
  await page.getByLabel("Adgangskode").fill("x");
  await page.keyboard.press("Enter");
  const row = page.getByRole("button", { name: server.case.id });
  await row.waitFor();
  await focused(page, "main");
  // What stays on the page keeps the keyboard while the server is asked.
  const refresh = page.getByRole("button", { name: "Opdatér" });
  await refresh.press("Enter");
  const asked = page.locator("button[aria-disabled=false]", { hasText: "Opdatér" });
  await asked.waitFor();
  expect(await refresh.evaluate((button) => button === document.activeElement)).toBe(true);

  await row.press("Enter");
  await page.getByRole("button", { name: "Godkend og indsend" }).waitFor();
  await focused(page, "main");
  await page.getByRole("button", { name: "Godkend og indsend" }).press("Enter");
  const said = page.getByRole("status").getByText(`Sag ${server.case.id} er godkendt og bliver indsendt.`);
  await said.waitFor();
  await focused(page, "main");

  // What was decided is said before the list has come, and until then nothing more is asked for.
  await asked.waitFor();
  server.review = review;
  await refresh.press("Enter");
  await row.waitFor();
  expect(await said.count()).toBe(0);
  await row.press("Enter");
  await page.getByLabel(REASON).fill("Se datoen.");
  await page.getByRole("button", { name: "Send tilbage" }).press("Enter");
  await page.getByRole("status").getByText(`Sag ${server.case.id} er sendt tilbage.`).waitFor();
  await focused(page, "main");
});

test("what was decided is gone from a list that could not be fetched anew", async () => {
  server.review = reviewOf(server.case);
  const page = await openList();
  const row = page.getByRole("button", { name: server.case.id });
  await row.click();
  await page.getByRole("button", { name: "Godkend og indsend" }).waitFor();
  server.failLook = true;
  await page.getByRole("button", { name: "Godkend og indsend" }).click();
  await page.getByText("Serveren svarede uventet.").waitFor();
  await page.getByText(`Sag ${server.case.id} er godkendt og bliver indsendt.`).waitFor();
  await page.getByRole("button", { name: "Opdatér" }).waitFor();
  expect(await row.count()).toBe(0);
});

test("nothing is out of sight in a narrow window, or at twice the size", async () => {
  server.outbox = [
    {
      case: "FLY-2026-000122",
      since: "2026-11-24T08:00:00Z",
      sealed: true,
      failed: 12,
      dead: true,
      next_at: null,
      trouble: "refused",
      because: "https://sag.example.dk/in answered 400: see what it expects",
    },
  ];
  for (const width of [320, 640]) {
    server.session = { accounts: true, account: null };
    server.review = reviewOf(server.case);
    const page = await openList(width);
    await page.getByLabel("Brugernavn").waitFor();
    expect([width, "sign-in", await sticksOut(page)]).toEqual([width, "sign-in", 0]);
    await signIn(page, "bente");
    await page.getByText("Opgivet.").waitFor();
    await shot(page, `supervisor-queue-${width}`);
    expect([width, "queue", await sticksOut(page)]).toEqual([width, "queue", 0]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: server.case.id }).click();
    await page.getByLabel(REMARK).waitFor();
    expect([width, "case", await sticksOut(page)]).toEqual([width, "case", 0]);
    const value = await page.locator(".review__values td").first().boundingBox();
    expect(value?.width).toBeGreaterThan(0.7 * width);
    expect(await accessibilityFaults(page)).toEqual([]);
    await shot(page, `supervisor-review-${width}`);
  }
});

const STALE = `{"code":"not_allowed","message":"the case is open"}`;

test("a decision about what is not so any more is not made: what happened is said where the keyboard is", async () => {
  const review = reviewOf(server.case);
  server.review = review;
  const page = await openList(1280);
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByRole("button", { name: "Godkend og indsend" }).waitFor();
  await page.route("**/review/approve", (route) =>
    route.fulfill({ status: 409, contentType: "application/json", body: STALE }),
  );
  // At the counter somebody wrote another day: the signature is void.
  server.case.put("move_date", { value: "2026-12-16", display_da: "16. december 2026" });
  const { signature } = review.stage;
  server.review = {
    ...review,
    form: { ...server.case.form },
    stage: {
      ...review.stage,
      state: "open",
      signature: signature === null ? null : { ...signature, void: true },
    },
  };
  await page.getByRole("button", { name: "Godkend og indsend" }).press("Enter");
  const said = page.getByRole("alert").getByText(`Sag ${server.case.id} er ændret, siden du åbnede den.`);
  await said.waitFor();
  await focused(page, "trouble");
  await expect.poll(() => said.isVisible()).toBe(true);
  const place = await said.boundingBox();
  expect(place?.y).toBeGreaterThanOrEqual(0);
  await page.getByText("Den kan ikke afgøres nu. Status: Udfyldes.").waitFor();
  await page.getByText("Ændrede felter: Flyttedato").waitFor();
  await page.locator(".review__values").getByText("16. december 2026").waitFor();
  expect(await page.getByRole("button", { name: "Godkend og indsend" }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "supervisor-stale");

  // It was signed and sent again: what is judged now is what is shown now.
  server.review = { ...review, form: { ...server.case.form } };
  await page.getByRole("button", { name: "Tilbage til listen" }).click();
  await page.getByRole("button", { name: server.case.id }).click();
  server.case.put("move_date", { value: "2026-12-17", display_da: "17. december 2026" });
  server.review = { ...review, form: { ...server.case.form } };
  await page.getByRole("button", { name: "Godkend og indsend" }).click();
  await page.getByText("Den er hentet igen: Se den igennem, før du afgør den.").waitFor();
  await focused(page, "trouble");
  await page.locator(".review__values").getByText("17. december 2026").waitFor();
});

test("what went wrong below is told where it is seen", async () => {
  server.review = reviewOf(server.case);
  const page = await openList(640);
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByRole("button", { name: "Godkend og indsend" }).waitFor();
  server.failApi = "not_saved";
  await page.getByRole("button", { name: "Godkend og indsend" }).click();
  await page.getByText("Serveren kan ikke læse eller gemme sager lige nu.").waitFor();
  await focused(page, "trouble");
});
