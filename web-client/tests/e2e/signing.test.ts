// From the filled form to the second person: read-back, signature, review, against the mock server.

import { expect, test } from "vitest";
import type { Ink, OutboxLine, SignedElsewhere, StageView } from "../../src/protocol/types";
import { accessibilityFaults } from "./accessibility";
import { drawn, open, server, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

const DIGEST = "3f".repeat(32);

useBench();

function stage(change: Partial<StageView>): StageView {
  return {
    state: "open",
    digest: DIGEST,
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
  };
}

function tell(change: Partial<StageView>): void {
  server.tell({ type: "stage", ...stage(change) });
}

async function got(type: string): Promise<unknown> {
  const find = (): unknown =>
    server.received.map(({ message }) => message).find((message) => message.type === type);
  await expect.poll(find).toBeDefined();
  return find();
}

test("staff sees what is missing, reads back, takes up what was returned", async () => {
  const page = await open("/staff");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
  tell({ missing: ["move_date", "mover.surname"], unconfirmed: ["mover.cpr_number"] });
  await page.getByText("Felter, der mangler: 2").waitFor();
  await page.getByText("Felter, der skal bekræftes: 1").waitFor();
  expect(await page.getByRole("button", { name: "Læs op for borgeren" }).count()).toBe(0);

  // Without a tablet nobody would hear it.
  tell({});
  const readBack = page.getByRole("button", { name: "Læs op for borgeren" });
  await page.getByText("Tabletten skal være tilsluttet først").waitFor();
  expect(await readBack.isDisabled()).toBe(true);
  await open("/tablet?code=482913");
  await readBack.click();
  expect(await page.getByText("Tabletten skal være tilsluttet først").count()).toBe(0);
  expect(await got("read_back")).toEqual({ type: "read_back", digest: DIGEST });

  tell({ state: "signed", signature: { method: "tablet", signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: DIGEST, void: false } });
  const send = page.getByRole("button", { name: "Send til godkendelse" });
  const asked = (): number => server.received.filter(({ message }) => message.type === "send_to_review").length;
  await send.dblclick();
  await expect.poll(asked).toBe(1);
  // Refused, it can be asked for again; done, the second press is no error.
  server.tell({ type: "error", code: "not_saved", message: "told to", fatal: false }, "staff");
  await page.getByText("Samtalen kan ikke gemmes lige nu.").waitFor();
  await send.dblclick();
  await expect.poll(asked).toBe(2);

  tell({
    state: "returned",
    returned_because: "Datoen passer ikke.",
    comments: [{ key: "move_date", text: "15. eller 16.?" }],
  });
  await page.getByText("Datoen passer ikke.").waitFor();
  await page.getByText("15. eller 16.?").waitFor();
  await shot(page, "staff-returned");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Genoptag sagen" }).click();
  await got("reopen");
});

test("a case that was sent back is opened again after the next citizen", async () => {
  server.session = { accounts: true, account: { name: "anne", role: "staff" } };
  const page = await open("/staff");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Afslut samtale" }).click();
  await page.getByRole("button", { name: "Ja, afslut" }).click();
  server.ownCases = [
    { case: server.case.id, state: "returned", opened_at: "2026-11-24T09:00:00Z", changed_at: "2026-11-24T10:00:00Z", move_date: "2026-12-15" },
    { case: "FLY-2026-000122", state: "open", opened_at: "2026-11-24T08:00:00Z", changed_at: "2026-11-24T08:30:00Z", move_date: null },
  ];
  await page.getByRole("button", { name: "Ny sag" }).click();
  await page.getByRole("heading", { name: "Dine sager, der ikke er færdige" }).waitFor();
  await page.getByText("Udfyldes").waitFor();
  await page.getByText(/^Flytter .*15\. dec/).waitFor();
  await shot(page, "staff-own-cases");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: /^Åbn igen: Sendt tilbage/ }).click();
  await page.getByText("Samtalen er afsluttet.").waitFor();
  tell({ state: "returned", returned_because: "Datoen passer ikke." });
  await page.getByRole("button", { name: "Genoptag sagen" }).click();
  await got("reopen");
  // The citizen has to come back: a tablet is paired with a code of now.
  tell({});
  await page.getByRole("button", { name: "Få en ny kode" }).click();
  await page.getByText("731").waitFor();
  expect(await page.getByText("Koden er udløbet.").count()).toBe(0);

  // A list that cannot be had is not shown as an empty one.
  await page.getByRole("button", { name: "Ny sag" }).waitFor();
  server.failLook = true;
  await page.getByRole("button", { name: "Ny sag" }).click();
  await page.getByText("Dine ufærdige sager kunne ikke hentes.").waitFor();
  server.failLook = false;
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await page.getByRole("heading", { name: "Dine sager, der ikke er færdige" }).waitFor();
});

test("whoever signs in next is not shown the list that the one before had asked for", async () => {
  server.session = { accounts: true, account: { name: "anne", role: "staff" } };
  const page = await open("/staff");
  await page.getByRole("button", { name: "Log ud (anne)" }).waitFor();
  const own = { case: server.case.id, state: "returned", opened_at: "2026-11-24T09:00:00Z", changed_at: "2026-11-24T10:00:00Z" };
  let answer = (): void => {};
  const asked = new Promise<void>((heard) => {
    void page.route(
      "**/api/cases/own",
      async (route) => {
        heard();
        await new Promise<void>((now) => (answer = now));
        await route.fulfill({ json: [own] });
      },
      { times: 1 },
    );
  });
  await page.reload();
  await asked;
  await page.getByRole("button", { name: "Log ud (anne)" }).click();
  await page.getByLabel("Brugernavn").fill("bente");
  await page.getByLabel("Adgangskode").fill("x");
  const second = page.waitForResponse("**/api/cases/own");
  await page.getByRole("button", { name: "Log ind" }).click();
  await (await second).finished();
  await page.getByRole("button", { name: "Log ud (bente)" }).waitFor();
  const late = page.waitForResponse("**/api/cases/own");
  answer();
  await (await late).finished();
  await drawn(page);
  expect(await page.getByRole("heading", { name: "Dine sager, der ikke er færdige" }).count()).toBe(0);
});

test("a case that is opened when staff has signed out leads nobody into it", async () => {
  server.session = { accounts: true, account: { name: "anne", role: "staff" } };
  const page = await open("/staff");
  let answer = (): void => {};
  const asked = new Promise<void>((heard) => {
    void page.route("**/api/cases", async (route) => {
      heard();
      await new Promise<void>((now) => (answer = now));
      await route.fulfill({ json: { case: "a", ticket: "t", pairing: { code: "1", url: "", qr_svg: "", expires_in_s: 1 } } });
    });
  });
  await page.getByRole("button", { name: "Log ud (anne)" }).waitFor();
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await asked;
  await page.getByRole("button", { name: "Log ud (anne)" }).click();
  await page.getByRole("button", { name: "Log ind" }).waitFor();
  const late = page.waitForResponse("**/api/cases");
  answer();
  await (await late).finished();
  await drawn(page);
  await page.getByRole("button", { name: "Log ind" }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem("tolkebot.staff"))).toBeNull();
});

test("staff has the document signed with MitID and hands in what came back", async () => {
  server.session = { accounts: false, account: null, nemlogin: true };
  const page = await open("/staff");
  await page.getByRole("button", { name: "Start ny sag" }).click();
  await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await page.getByRole("button", { name: "Tal dansk" }).waitFor();
  tell({ state: "read_back" });
  await page.getByText("Borgeren skal bekræfte oplæsningen på tabletten.").waitFor();
  // Staff follows what is read out. Others may see the screen.
  tell({ state: "read_back", read_back: [
    { da: "Dit CPR-nummer er 070584-1234.", uk: "Ваш номер CPR: 070584-1234." },
    { da: "Du flytter den 15. december 2026.", uk: "Ви переїжджаєте 15 грудня 2026 року." },
  ] });
  const read = page.locator(".stage ol li");
  await expect.poll(() => read.allTextContents()).toEqual([
    "Dit CPR-nummer er 070584-••••.",
    "Du flytter den 15. december 2026.",
  ]);
  // Not before the citizen confirmed what was read.
  expect(await page.getByText("Underskrift med MitID i stedet").count()).toBe(0);
  tell({ state: "read_back", read_back_confirmed: true });
  await page.getByText("Underskrift med MitID i stedet").click();
  await page.getByRole("button", { name: "Hent dokument til underskrift" }).click();
  await page.getByText("Dokumentets aftryk: abababababababab …").waitFor();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Gem dokumentet (PDF)" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe(`${server.case.id}-document.pdf`);
  const handIn = page.getByRole("button", { name: "Indlæs underskriften" });
  await handIn.click();
  await page.getByText("Vælg først det underskrevne dokument.").waitFor();

  const file = { name: "signed.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF æ") };
  const found: SignedElsewhere = {
    recorded: false,
    signer: "Oxana Kovalenko",
    name_in_form: "Oksana Kovalenko",
    signed_at: "2026-11-24T09:20:00Z",
    issuer: "CN=TEST",
    stage: stage({ state: "read_back", read_back_confirmed: true }),
  };
  server.signed.push("other_document", found, { ...found, recorded: true });
  await page.getByLabel("Det underskrevne dokument (PDF)").setInputFiles(file);
  await handIn.click();
  await page.getByText("Det er et andet dokument, eller formularen er ændret siden.").waitFor();
  await shot(page, "staff-mitid-refused");
  expect(await accessibilityFaults(page)).toEqual([]);

  await handIn.click();
  await page.getByText("Dokumentet er underskrevet af Oxana Kovalenko.").waitFor();
  await shot(page, "staff-mitid-question");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Ja, det er samme person" }).click();
  await expect.poll(() => server.handedIn.length).toBe(3);
  const signed = file.buffer.toString("base64");
  expect(server.handedIn).toEqual([{ signed }, { signed }, { signed, signer: "Oxana Kovalenko" }]);
  tell({ state: "signed" });
  await page.getByRole("button", { name: "Send til godkendelse" }).waitFor();
});

test("the citizen confirms what was read and signs with a finger", async () => {
  const page = await open("/tablet?code=482913");
  await page.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await page.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  const lines = [{ da: "Du flytter den 15. december 2026.", uk: "Ви переїжджаєте 15 грудня 2026 року." }];
  tell({ state: "read_back", read_back: lines });
  await page.getByText("Ви переїжджаєте 15 грудня 2026 року.").waitFor();
  expect(await page.locator("canvas").count()).toBe(0);
  await shot(page, "tablet-read-back");
  await page.locator(".button-huge").dblclick();
  expect(await got("confirm_read_back")).toEqual({ type: "confirm_read_back", digest: DIGEST });

  tell({ state: "read_back", read_back: lines, read_back_confirmed: true });
  const pad = page.locator("canvas");
  await pad.waitFor();
  expect(server.received.filter(({ message }) => message.type === "confirm_read_back")).toHaveLength(1);
  // Nothing was written yet.
  await page.locator(".button-huge").click();
  await page.getByText("Підпис замалий. Напишіть").waitFor();
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the field to sign in is not on the screen");
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 1; i <= 20; i += 1) {
    await page.mouse.move(box.x + 40 + i * 15, box.y + box.height / 2 + (i % 2 === 0 ? 30 : -30));
    // The screen is drawn anew in the middle of it.
    if (i === 10) server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
  }
  await page.mouse.up();
  expect(await page.getByText("Підпис замалий. Напишіть").count()).toBe(0);
  await shot(page, "tablet-signature");
  expect(await accessibilityFaults(page)).toEqual([]);
  // Pressed twice at once it is sent once.
  await page.locator(".button-huge").evaluate((one: HTMLElement) => {
    one.click();
    one.click();
  });
  const signed = (await got("sign")) as { digest: string; ink: Ink };
  expect(signed.digest).toBe(DIGEST);
  expect(signed.ink.strokes).toHaveLength(1);
  expect(signed.ink.strokes[0]?.length).toBeGreaterThan(15);
  await page.getByRole("button", { name: "Надсилаю …" }).waitFor();
  expect(server.received.filter(({ message }) => message.type === "sign")).toHaveLength(1);
});

test("what is read out after the end is signed, on a tablet that was brought back for it, too", async () => {
  const staff = await open("/staff");
  await staff.getByRole("button", { name: "Start ny sag" }).click();
  await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
  await staff.getByRole("button", { name: "Tal dansk" }).waitFor();
  let tablet = await open("/tablet?code=482913");
  await tablet.getByRole("button", { name: "Я прочитав (прочитала). Почати розмову" }).click();
  await tablet.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();
  tell({});
  await staff.getByRole("button", { name: "Læs op for borgeren" }).waitFor();
  await staff.getByRole("button", { name: "Afslut samtale" }).click();
  await staff.getByText("Formularen er ikke skrevet under endnu.").waitFor();
  await staff.getByRole("button", { name: "Ja, afslut" }).click();
  await tablet.getByRole("heading", { name: "Розмову завершено" }).waitFor();

  const lines = [{ da: "Du flytter.", uk: "Ви переїжджаєте." }];
  tell({ state: "read_back", read_back: lines });
  await tablet.getByText("Ви переїжджаєте.").waitFor();
  await tablet.locator(".button-huge").click();
  await got("confirm_read_back");

  // The citizen has left with the first tablet.
  await tablet.context().close();
  await staff.getByText("Tablet mangler").waitFor();
  // Its code was good once: another one is to be had, also after a reload.
  await staff.getByRole("button", { name: "Få en ny kode" }).waitFor();
  await staff.reload();
  const renew = staff.getByRole("button", { name: "Få en ny kode" });
  await renew.waitFor();
  expect(await staff.getByText("482").count()).toBe(0);
  await renew.click();
  await staff.getByText("731").waitFor();
  tablet = await open("/tablet?code=731502");
  await tablet.getByText("Ви переїжджаєте.").waitFor();
  tell({ state: "read_back", read_back: lines, read_back_confirmed: true });
  await tablet.locator("canvas").waitFor();
  const signature = { method: "tablet" as const, signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: DIGEST, void: false };
  tell({ state: "signed", signature });
  await tablet.getByText("Ви підписали.").waitFor();
  await staff.getByRole("button", { name: "Send til godkendelse" }).waitFor();
  expect(await staff.locator(".pairing").count()).toBe(0);
});

test("a second person looks at the evidence, remarks, returns or approves", async () => {
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  server.case.fillFromSample(2);
  for (const slot of server.case.form.sections.flatMap((section) => section.slots)) {
    if (slot.key !== "move_date") continue;
    const at = "2026-11-24T09:10:00Z";
    slot.decided = { what: "corrected", actor: "staff", by: "anne", at };
  }
  const review = {
    case: server.case.id,
    stage: stage({
      state: "in_review",
      signature: { method: "tablet", signer: "Oksana Kovalenko", at: "2026-11-24T09:20:00Z", digest: DIGEST, void: false },
    }),
    form: server.case.form,
    evidence: [
      { utterance: 2, speaker: "citizen" as const, lang: "uk" as const, text: SAMPLE.citizen.uk, translation: SAMPLE.citizen.da, confidence: 0.93, warnings: ["value_mismatch" as const], verified: false },
    ],
    history: [
      { at: "2026-11-24T09:06:00Z", actor: "citizen" as const, by: null, kind: "slot_reheard", key: "move_date", before: "2026-12-12", after: "2026-12-16", reason: "", comments: [], utterances: [2] },
      { at: "2026-11-24T09:08:00Z", actor: "supervisor" as const, by: "bo", kind: "returned", key: "", before: null, after: null, reason: "Datoen passer ikke", comments: [{ key: "move_date", text: "Er det den 15.?" }, { key: "to.house_number", text: "Er det 97?" }], utterances: [] },
      { at: "2026-11-24T09:10:00Z", actor: "staff" as const, by: "anne", kind: "slot_corrected", key: "move_date", before: "2026-12-16", after: "2026-12-15", reason: "", comments: [], utterances: [] },
    ],
    changed_since_return: [{ key: "move_date", before: "2026-12-16", after: "2026-12-15" }],
    log_intact: true,
    may_approve: true,
  };
  server.review = review;
  const page = await open("/supervisor");
  await page.getByText("1 t. 11 min.").waitFor();
  // What is urgent, and what was already sent back, is seen before a case is opened.
  for (const mark of ["Inden for kommunen", "17. november 2026", "Fristen var 22. november 2026", "Returneret: 1", "Advarsler: 1"]) {
    await page.getByRole("row").getByText(mark).waitFor();
  }
  await shot(page, "supervisor-queue");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByText(/Underskrevet 24\.11\.2026.* af Oksana Kovalenko, med finger på tablet\./).waitFor();
  await page.getByText(SAMPLE.citizen.uk).first().waitFor();
  await page.getByText(SAMPLE.citizen.da).first().waitFor();
  await shot(page, "supervisor-review");
  // What was asked for stands beside what became of it.
  await page.getByText(/Returneret 24\.11\.2026.*: Datoen passer ikke/).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Bemærkning ved returnering: Er det den 15.?" }).waitFor();
  await page.getByRole("listitem").filter({ hasText: /ikke ændret\s+Bemærkning ved returnering: Er det 97\?/ }).waitFor();
  await page.getByText("Hvad der er sket (3)").click();
  await page
    .getByText(/borger\s+sagde noget andet om\s+Flyttedato: 12\. december 2026\s+→\s+16\. december 2026/)
    .waitFor();
  await page
    .getByText(/medarbejder anne\s+rettede\s+Flyttedato: 16\. december 2026\s+→\s+15\. december 2026/)
    .waitFor();
  await page.getByText(/^Rettet af anne, 24\.11\.2026/).waitFor();
  // Others may see the screen.
  expect(await page.getByText("070584-1234").count()).toBe(0);
  await page.getByRole("button", { name: "Vis CPR-nummer" }).click();
  await page.getByText("070584-1234").waitFor();
  await page.getByRole("button", { name: "Vis CPR-nummer" }).click();
  await page.getByText("070584-••••").first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("Bemærkning til Flyttedato").fill("Står der 15 i kontrakten?");
  await page.getByLabel("Hvorfor sendes sagen tilbage?").fill("Se datoen.");
  await page.getByRole("button", { name: "Send tilbage" }).click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(server.decided[0]?.body).toEqual({
    digest: DIGEST,
    noted: "",
    reason: "Se datoen.",
    comments: [{ key: "move_date", text: "Står der 15 i kontrakten?" }],
  });

  server.review = review;
  await page.getByRole("button", { name: "Opdatér" }).click();
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByRole("button", { name: "Godkend og indsend" }).click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(server.decided[1]?.body).toEqual({ digest: DIGEST, noted: "" });

  // Who filled the form cannot approve it.
  server.review = { ...review, may_approve: false };
  await page.getByRole("button", { name: "Opdatér" }).click();
  await page.getByRole("button", { name: server.case.id }).click();
  await page.getByText("Du har selv udfyldt sagen").waitFor();
  expect(await page.getByRole("button", { name: "Godkend og indsend" }).count()).toBe(0);
});

test("what could not be handed in is seen, with why, and tried again", async () => {
  const line: OutboxLine = {
    case: "FLY-2026-000122",
    since: "2026-11-24T08:00:00Z",
    sealed: true,
    failed: 12,
    dead: true,
    next_at: null,
    trouble: "refused",
    because: "https://sag.example.dk/in answered 400: see what it expects",
  };
  server.outbox = [line];
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  let page = await open("/supervisor");
  await page.getByText("Opgivet. Nogen skal se på det.").waitFor();
  await page.getByText("Modtagerens system afviste sagen.").waitFor();
  expect(await page.getByText("answered 400").isVisible()).toBe(false);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("The receiver's system refused the case.").waitFor();
  await page.getByText("Technical message").click();
  await page.getByText("answered 400").waitFor();
  await page.getByRole("button", { name: "Dansk" }).click();
  await shot(page, "supervisor-outbox");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Prøv igen: sag FLY-2026-000122" }).click();
  await page.getByText("Alle godkendte sager er indsendt.").waitFor();
  expect(server.retried).toEqual(["/api/outbox/FLY-2026-000122/retry"]);

  // Whoever looks after the machine sees this and no case.
  server.outbox = [{ ...line, dead: false, failed: 1, next_at: "2026-11-24T10:00:00Z" }];
  server.session = { accounts: true, account: { name: "dan", role: "admin" } };
  page = await open("/supervisor");
  await page.getByText(/^\s*Prøves igen kl\./).waitFor();
  await page.getByText("Her ses kun, hvad der ikke kunne indsendes.").waitFor();
});

test("a server without accounts says that nobody can approve there", async () => {
  const page = await open("/supervisor");
  await page.getByText("Serveren kører uden konti").waitFor();
  expect(await page.getByRole("textbox").count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a server that is away is not taken for one without accounts, or without cases", async () => {
  server.session = { accounts: true, account: { name: "bente", role: "supervisor" } };
  server.failLook = true;
  const page = await open("/supervisor");
  await page.getByText("Serveren svarede uventet.").waitFor();
  for (const claim of ["Serveren kører uden konti", "Ingen sager venter.", "Alle godkendte sager er indsendt."]) {
    expect([claim, await page.getByText(claim).count()]).toEqual([claim, 0]);
  }
  expect(await accessibilityFaults(page)).toEqual([]);
  server.failLook = false;
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(await page.getByText("Serveren svarede uventet.").count()).toBe(0);
});

test("a supervisor signs in where the municipality does", async () => {
  server.session = { accounts: true, account: null, provider: { name: "Kommunens login", passwords: false } };
  const page = await open("/supervisor");
  const way = page.getByRole("link", { name: /Kommunens login/ });
  await way.waitFor();
  expect(await way.getAttribute("href")).toBe("/api/oidc/start");
  expect(await page.getByRole("textbox").count()).toBe(0);

  // The provider sends everybody to the staff console: they end up where they began.
  await way.click();
  await page.getByText("Du har ingen rolle i TolkeBOT.").waitFor();
  expect(page.url()).toBe(`${server.url}/supervisor`);
  server.provided = { name: "bente", role: "supervisor" };
  // Whoever has no role is asked for another account, and not sent round in a circle.
  await page.getByRole("link", { name: "Brug en anden konto" }).click();
  await page.getByText("Ingen sager venter.").waitFor();
  expect(page.url()).toBe(`${server.url}/supervisor`);

  // Who opens the console later means the console.
  await page.goto(`${server.url}/staff`);
  await page.getByRole("button", { name: "Start ny sag" }).waitFor();
});
