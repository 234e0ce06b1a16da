// A sign-in that ends while people talk, and signing in at the provider, against the mock server.

import { expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { eventually, open, openStaff, server, useBench } from "./bench";
import { shot } from "./shots";

const ANNE = { name: "anne", role: "staff" as const };

useBench(() => {
  server.session = { accounts: true, account: ANNE };
});

test("whose sign-in ends comes back into the same case, with what was being written", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: "Skriv i stedet" }).click();
  await page.locator("#type-text").fill("Vent lidt");
  server.session = { accounts: true, account: null };
  server.closeWith("signed_out");
  await page.getByText("Du er ikke logget ind længere.").waitFor();
  expect(await page.locator(".banners").getByRole("button", { name: "Ny sag" }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-signed-out");
  await page.getByRole("button", { name: "Log ind igen" }).click();
  await page.getByLabel("Brugernavn").fill("anne");
  await page.getByLabel("Adgangskode").fill("x");
  await page.getByRole("button", { name: "Log ind", exact: true }).click();
  await page.getByText("Forbundet", { exact: true }).waitFor();
  expect(await page.locator("#type-text").inputValue()).toBe("Vent lidt");
  expect(await page.getByText("Du er ikke logget ind længere.").count()).toBe(0);
});

test("who signs in at the provider comes back as well", async () => {
  const provider = { name: "Aarhus", passwords: false };
  server.session = { accounts: true, account: ANNE, provider };
  const page = await openStaff();
  await page.getByRole("button", { name: "Skriv i stedet" }).click();
  await page.locator("#type-text").fill("Vent lidt");
  server.session = { accounts: true, account: null, provider };
  server.closeWith("signed_out");
  await page.getByRole("button", { name: "Log ind igen" }).click();
  server.provided = ANNE;
  await page.getByRole("link", { name: "Log ind med Aarhus" }).click();
  await page.getByText("Forbundet", { exact: true }).waitFor();
  expect(await page.locator("#type-text").inputValue()).toBe("Vent lidt");
});

test("the end of a sign-in is told some minutes before", async () => {
  server.signedInForS = 250;
  const page = await openStaff();
  await page.getByText("Dit login udløber kl.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Log ind igen" }).click();
  await page.getByRole("button", { name: "Tilbage til sagen" }).click();
  await page.getByText("Forbundet", { exact: true }).waitFor();
});

test("the start page shows the sign-in when nobody is signed in any more", async () => {
  const page = await openStaff();
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  server.session = { accounts: true, account: null };
  await page.locator(".banners").getByRole("button", { name: "Ny sag" }).click();
  await page.getByLabel("Brugernavn").waitFor();
  expect(await page.getByText("kunne ikke hentes").count()).toBe(0);
});

test("who has no role here is offered another account; giving up is no fault", async () => {
  const provider = { name: "Aarhus", passwords: false };
  server.session = { accounts: true, account: null, provider };
  const page = await open("/staff");
  await page.getByRole("link", { name: "Log ind med Aarhus" }).click();
  await page.getByRole("link", { name: "Brug en anden konto" }).waitFor();
  server.provided = "given_up";
  // Nor while it isn't known yet whether anybody is signed in.
  let known = (): void => undefined;
  const asked = new Promise<void>((resolve) => (known = resolve));
  await page.route("**/api/session", async (route) => {
    await asked;
    await route.continue();
  });
  await page.getByRole("link", { name: "Brug en anden konto" }).click();
  await page.getByText("Du afbrød login.").waitFor();
  expect(await page.locator(".notice--error").count()).toBe(0);
  known();
  await page.getByRole("link", { name: "Log ind med Aarhus" }).waitFor();
  expect(await page.getByText("Du afbrød login.").count()).toBe(1);
  expect(await page.locator(".notice--error").count()).toBe(0);
  // Refused here, and let in by another tab meanwhile.
  server.session = { accounts: true, account: ANNE, provider };
  await page.goto(`${server.url}/staff?sign_in=refused`);
  await page.getByRole("button", { name: "Start ny sag" }).waitFor();
  await eventually(() => true);
  expect(await page.getByText("lykkedes ikke").count()).toBe(0);
});
