// What a citizen says against a read-back, on the employee's screen; and signing on paper. Against the mock server.

import { expect, test } from "vitest";
import type { StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { eventually, open, openTablet, sent, server, useBench } from "./bench";
import { shot } from "./shots";

const DIGEST = "3f".repeat(32);

useBench();

function tell(change: Partial<StageView>): void {
  server.tell({
    type: "stage",
    state: "read_back",
    digest: DIGEST,
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [{ da: "Du flytter til Randersvej 12.", uk: "Ви переїжджаєте на Randersvej 12." }],
    unread: [],
    read_back_confirmed: false,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
    ...change,
  });
}

test("the employee is told that something is wrong, and who cannot draw signs on paper", async () => {
  const staff = await open("/staff");
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  const tablet = await openTablet();
  tell({});
  await tablet.getByRole("button", { name: "Щось неправильно" }).click();
  await eventually(() => sent("doubt_read_back").length === 1);
  expect(sent("doubt_read_back")[0]).toEqual({ type: "doubt_read_back", digest: DIGEST });
  const doubted = staff.getByRole("alert").getByText("Borgeren siger, at noget i oplæsningen er forkert.");
  expect(await doubted.count()).toBe(0);
  tell({ read_back_doubted: true });
  await doubted.waitFor();
  await tablet.getByText("Скажіть, що неправильно").waitFor();
  await shot(staff, "staff-doubted");
  expect(await accessibilityFaults(staff)).toEqual([]);
  // It was a finger's mistake.
  await tablet.getByRole("button", { name: "Усе правильно" }).click();
  tell({ read_back_confirmed: true });
  await expect.poll(() => doubted.count()).toBe(0);

  await tablet.getByText("Можна підписати на папері.").waitFor();
  await staff.getByText("Borgeren skriver under på papir").click();
  const print = staff.getByRole("link", { name: "Åbn dokumentet til udskrift" });
  expect(await print.getAttribute("href")).toMatch(/form\.pdf\?on_paper=true$/);
  const signed = staff.getByRole("button", { name: "Underskrevet på papir" });
  // Not before somebody says that the paper is there.
  await signed.click();
  expect(sent("signed_on_paper")).toEqual([]);
  await staff.getByLabel("Jeg har papiret med borgerens underskrift").check();
  await shot(staff, "staff-on-paper");
  expect(await accessibilityFaults(staff)).toEqual([]);
  await signed.click();
  await eventually(() => sent("signed_on_paper").length === 1);
  expect(sent("signed_on_paper")[0]).toEqual({ type: "signed_on_paper", digest: DIGEST });
});
