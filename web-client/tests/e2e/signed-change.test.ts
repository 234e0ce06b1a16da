// A form that the citizen has signed: nobody makes the signature void without having been asked.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CaseStage, StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { eventually, focused, openStaff, sent, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";
import { slot } from "../unit/form-of";

useBench();

const DIGEST = "3f".repeat(32);

function stage(state: CaseStage, change: Partial<StageView> = {}): { type: "stage" } & StageView {
  return {
    type: "stage",
    state,
    digest: DIGEST,
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [],
    unread: [],
    read_back_confirmed: true,
    read_back_doubted: false,
    signature: {
      method: "tablet",
      signer: "Oksana Kovalenko",
      at: "2026-12-01T09:20:00Z",
      digest: DIGEST,
      void: false,
    },
    returned_because: "",
    comments: [],
    ...change,
  };
}

async function signedCase(state: CaseStage): Promise<Page> {
  server.case.fillFromSample(2);
  const page = await openStaff();
  server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
  server.tell(stage(state));
  await page.getByRole("button", { name: "Ret Flyttedato" }).waitFor();
  return page;
}

const QUESTION = "Borgeren har skrevet under";

test("every way to change a value asks first, and the signature is kept unless staff says otherwise", async () => {
  const page = await signedCase("in_review");
  const question = page.getByRole("dialog", { name: QUESTION });
  const changes = (): number => sent("correct_slot").length + sent("clear_slot").length;

  await page.getByRole("button", { name: "Ret Flyttedato" }).click();
  await page.getByText("Gemmer du en ændring, gælder underskriften ikke længere.").waitFor();
  await page.locator(".slot-editor input").fill("2026-12-16");
  await page.keyboard.press("Enter");
  await question.waitFor();
  await question.getByText("Sagen kommer også ud af køen til godkendelse.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await shot(page, "staff-void-question");
  // The harmless answer has the keyboard.
  await page.keyboard.press("Enter");
  await question.waitFor({ state: "hidden" });
  expect(changes()).toBe(0);
  // What was typed is still there.
  expect(await page.locator(".slot-editor input").inputValue()).toBe("2026-12-16");

  await page.getByRole("button", { name: "Slet værdien" }).click();
  await question.waitFor();
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "hidden" });
  expect(changes()).toBe(0);

  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await question.getByRole("button", { name: "Fortsæt, og lad borgeren skrive under igen" }).click();
  await eventually(() => sent("correct_slot").length === 1);
  await page.locator("#slot-move_date").getByText("Rettet").waitFor();

  await page.getByRole("button", { name: "Brug Randersgade" }).click();
  await question.getByRole("button", { name: "Behold underskriften" }).click();
  await page.getByRole("button", { name: "Tilføj person" }).click();
  await page.locator(".slot-editor input").fill("Maksym");
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Behold underskriften" }).click();
  await question.waitFor({ state: "hidden" });
  expect(changes()).toBe(1);
});

test("vouching for a value asks as well; what the authority notes for itself costs nothing", async () => {
  server.case.form.sections.push({
    id: "staff",
    title_da: "Notat",
    title_uk: "Нотатка",
    slots: [slot("staff.note", "Ringer", { label_da: "Notat", status: "corrected" })],
  });
  const page = await signedCase("in_review");
  const question = page.getByRole("dialog", { name: QUESTION });
  await page.getByRole("button", { name: "Bekræft Vejnavn" }).click();
  await question.getByRole("button", { name: "Behold underskriften" }).click();
  expect(sent("confirm_slot")).toEqual([]);
  await page.getByRole("button", { name: "Bekræft Vejnavn" }).click();
  await question.getByRole("button", { name: "Fortsæt, og lad borgeren skrive under igen" }).click();
  await eventually(() => sent("confirm_slot").length === 1);

  await page.getByRole("button", { name: "Ret Notat" }).click();
  await page.locator(".slot-editor").waitFor();
  expect(await page.getByText("Gemmer du en ændring").count()).toBe(0);
  await page.locator(".slot-editor textarea").fill("Ringer i morgen");
  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await eventually(() => sent("correct_slot").length === 1);
  expect(await question.isVisible()).toBe(false);
});

test("nothing is asked where no signature is at stake", async () => {
  const page = await signedCase("signed");
  const question = page.getByRole("dialog", { name: QUESTION });
  await page.getByRole("button", { name: "Brug Randersgade" }).click();
  await question.waitFor();
  expect(await question.getByText("ud af køen").count()).toBe(0);
  await question.getByRole("button", { name: "Behold underskriften" }).click();

  const kept = stage("open").signature;
  server.tell(stage("open", { signature: kept === null ? null : { ...kept, void: true } }));
  await page.getByText("Underskriften gælder ikke længere, fordi noget er ændret.").waitFor();
  await page.getByRole("button", { name: "Brug Randersgade" }).click();
  await eventually(() => sent("correct_slot").length === 1);
  expect(await question.isVisible()).toBe(false);
});

test("taking a person out asks for the signature, too, after the question about the person", async () => {
  const page = await signedCase("signed");
  const question = page.getByRole("dialog", { name: QUESTION });
  const remove = async (): Promise<void> => {
    await page.getByRole("button", { name: "Fjern person: Sofiia (medflytter 1)" }).click();
    await page.getByRole("button", { name: "Ja, fjern" }).click();
    await question.waitFor();
  };
  await remove();
  await page.keyboard.press("Enter");
  await question.waitFor({ state: "hidden" });
  expect(sent("clear_slot")).toEqual([]);
  await page.getByRole("heading", { name: "Sofiia (medflytter 1)" }).waitFor();
  await remove();
  await question.getByRole("button", { name: "Fortsæt, og lad borgeren skrive under igen" }).click();
  await eventually(() => sent("clear_slot").length === 1);
  await page.getByRole("heading", { name: "Sofiia (medflytter 1)" }).waitFor({ state: "detached" });
  await focused(page, "section-household");
});
