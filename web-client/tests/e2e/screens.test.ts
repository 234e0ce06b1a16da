// The screens against the mock server: what is shown, what is sent, and what happens when things
// go wrong.

import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility";
import { eventually, focused, open, openStaff, openTablet, sent, server, TABLET, useBench } from "./bench";
import { SAMPLE } from "./mock-case";
import { shot } from "./shots";

const COUNTER = { width: 1366, height: 768 };

useBench();

/** Waits until an act has taken something off the screen: the page draws after the click returns. */
async function gone(what: Locator): Promise<void> {
  await expect.poll(() => what.count()).toBe(0);
}

describe("staff console", () => {
  test("a case starts with the notice, then the pairing code", async () => {
    const page = await open("/staff", COUNTER);
    await shot(page, "staff-start");
    await page.getByRole("button", { name: "Start ny sag" }).click();
    await page.getByText("Du har ansvaret for oplysningerne").waitFor();
    expect(await page.getByRole("button", { name: "Tal dansk" }).count()).toBe(0);
    await shot(page, "staff-disclosure");
    await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
    await page.getByText("482").waitFor();
    await page.getByRole("img", { name: /QR-kode/ }).waitFor();
    expect(sent("consent")).toEqual([
      { type: "consent", notice: "ai_disclosure", accepted: true },
    ]);
    await shot(page, "staff-pairing");
  });

  test("a button that is pressed twice at once opens one case, and pairs a tablet once", async () => {
    const twice = (button: Locator): Promise<void> =>
      button.evaluate((one: HTMLElement) => {
        one.click();
        one.click();
      });
    const asked: string[] = [];
    const page = await open("/staff", COUNTER);
    page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await twice(page.getByRole("button", { name: "Start ny sag" }));
    await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
    await page.getByRole("button", { name: "Tal dansk" }).waitFor();
    expect(asked.filter((one) => one === "POST /api/cases")).toHaveLength(1);
    const tablet = await open("/tablet");
    tablet.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await tablet.getByLabel("Код (6 цифр)").fill("482913");
    await twice(tablet.getByRole("button", { name: "З’єднати" }));
    await tablet.locator(".equal-button").first().waitFor();
    expect(asked.filter((one) => one === "POST /api/pair")).toHaveLength(1);
  });

  test("an expired code is replaced by a new one", async () => {
    server.pairing.lifetime_s = 0;
    const page = await openStaff(COUNTER);
    await page.getByText("Koden er udløbet.").waitFor();
    let asked = 0;
    page.on("request", (request) => (asked += request.url().endsWith("/pairing") ? 1 : 0));
    await page.getByRole("button", { name: "Få en ny kode" }).evaluate((one: HTMLElement) => {
      one.click();
      one.click();
    });
    await page.getByText("731").waitFor();
    expect(asked).toBe(1);
    await page.reload();
    await page.getByText("731").waitFor();
  });

  test("both languages, warnings, evidence, confirming and correcting", async () => {
    const page = await openStaff(COUNTER);
    const tablet = await openTablet();
    await page.getByText("Tablet tilsluttet").waitFor();
    server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
    server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
    server.case.fillFromSample(2);
    server.tellForm();
    server.tell({ type: "partial", speaker: "citizen", lang: "uk", text: "У нас двоє", settled_chars: 5, start_ms: 0 });
    server.tell({ type: "draft", speaker: "citizen", lang: "da", text: "Vi har", start_ms: 0 });
    server.tell({ type: "partial", speaker: "staff", lang: "da", text: "Hvor mange børn", settled_chars: 15, start_ms: 0 });
    server.tell({ type: "draft", speaker: "staff", lang: "uk", text: "Скільки у Вас", start_ms: 0 });
    await page.locator(".line").getByText(SAMPLE.citizen.da).waitFor();
    await page.getByText("Et tal, en dato, et navn eller en person kan være forkert oversat").waitFor();
    await page.getByText("Usikkert hørt").waitFor();
    await page.getByText("Fast oversættelse").waitFor();
    await page.getByText("У нас двоє").waitFor();
    expect(await page.locator(".line--citizen.line--partial .stays").textContent()).toBe("У нас");
    // Both read the other one's words before they are finished.
    await page.locator(".line--citizen.line--partial .draft[lang=da]", { hasText: "Vi har" }).waitFor();
    await tablet.locator(".said--staff .draft[lang=uk]", { hasText: "Скільки у Вас" }).waitFor();
    for (const screen of [page, tablet]) {
      const uncertain = screen.locator(".uncertain");
      expect(await uncertain.allTextContents()).toEqual(["Рандерсвей"]);
      expect(await uncertain.getAttribute("title")).toMatch(/^(Lyden var uklar her|Тут було погано чути)/);
    }
    await shot(page, "staff-conversation");
    await shot(tablet, "tablet-conversation");

    await page.getByRole("button", { name: /^Vis i samtalen.*п'ятнадцятого/ }).click();
    expect(await page.locator("mark").textContent()).toBe("п'ятнадцятого грудня");
    await focused(page, "line-2");
    await shot(page, "staff-evidence");

    await page.getByRole("button", { name: "Bekræft Flyttedato" }).click();
    await page.locator("#slot-move_date").getByText("Bekræftet").waitFor();
    expect(sent("confirm_slot")).toEqual([
      { type: "confirm_slot", key: "move_date", value: "2026-12-15" },
    ]);

    await page.getByRole("button", { name: "Brug Randersgade" }).click();
    await page.locator("[id='slot-to.street_name']").getByText("Rettet").waitFor();

    // Empty fields are out of the way; the list of missing ones leads to their editors.
    expect(await page.locator("[id='slot-to.floor']").count()).toBe(0);
    await page.getByText("Mangler (").click();
    await page.getByRole("button", { name: "Etage", exact: true }).click();
    const editor = page.locator(".slot-editor");
    // Opening the editor puts the cursor into it.
    await page.locator(".slot-editor input:focus").waitFor();
    await page.keyboard.type("nonsense");
    await page.keyboard.press("Enter");
    await editor.getByText("Formularen tager ikke imod den værdi").waitFor();
    await shot(page, "staff-editing");
    await editor.getByRole("textbox").fill("2");
    await page.keyboard.press("Enter");
    await page.locator("[id='slot-to.floor']").getByText("Rettet").waitFor();
    await gone(editor);
    await eventually(() => sent("correct_slot").length === 3);

    await page.getByRole("button", { name: "Tilføj person" }).click();
    await editor.getByRole("textbox").fill("Maksym");
    await page.keyboard.press("Escape");
    await gone(editor);
    await page.getByRole("button", { name: "Fødselsdato – Sofiia (medflytter 1)", exact: true }).click();
    await page.locator("[id='slot-household[0].birth_date'] input:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "CPR-nummer", exact: true }).click();
    await focused(page, "slot-mover.cpr_number");
    await page.getByLabel("Vis tomme felter").check();
    await page.locator("[id='slot-mover.phone']").waitFor();

    // The citizen reads the same form in Ukrainian.
    await tablet.getByText("15 грудня 2026 року").waitFor();
  });

  test("a CPR number is masked until it is asked for", async () => {
    const page = await openStaff(COUNTER);
    const slot = page.locator("[id='slot-mover.cpr_number']");
    await slot.getByText("070584-••••").waitFor();
    server.say("citizen", "Мій номер 070584-1234.", "Mit nummer er 070584-1234.");
    await page.locator(".line").getByText("Mit nummer er 070584-••••.").waitFor();
    // The next question may be about it: it is asked in full, and not shown so.
    server.case.form.next_question = {
      key: "mover.cpr_number",
      da: "Er det rigtigt: CPR-nummer – 070584-1234?",
      uk: "Чи це правильно: номер CPR – 070584-1234?",
    };
    // Nor is it in what was heard beside a name.
    const quote = { utterance: 1, speaker: "citizen", lang: "da", quote: "Kovalenko, 070584-1234", start: 0, end: 22 } as const;
    server.case.put("mover.surname", { value: "Kovalenko", display_da: "Kovalenko", status: "proposed", evidence: [quote] });
    server.tellForm();
    await page.locator(".evidence").getByText("Kovalenko, 070584-••••").waitFor();
    await page.locator(".next__da").getByText("070584-••••").waitFor();
    await page.locator(".next__uk").getByText("070584-••••").waitFor();
    expect(await page.getByText("1234").count()).toBe(0);
    await page.getByRole("button", { name: "Stil spørgsmålet" }).click();
    await eventually(() => sent("type_text").length > 0);
    expect(sent("type_text")).toMatchObject([{ text: "Er det rigtigt: CPR-nummer – 070584-1234?" }]);
    await slot.getByRole("button", { name: "Vis CPR-nummer" }).click();
    await slot.getByText("070584-1234").waitFor();
    await page.locator(".next__da").getByText("070584-1234").waitFor();
  });

  test("a reload and a broken network come back to the same conversation", async () => {
    const page = await openStaff(COUNTER);
    server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
    await page.getByText(SAMPLE.staff.uk).waitFor();
    await page.reload();
    await page.getByText(SAMPLE.staff.uk).waitFor();
    await page.getByRole("button", { name: "Tal dansk" }).waitFor();

    server.cut();
    server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
    await page.locator(".line").getByText(SAMPLE.citizen.da).waitFor();
    expect(await page.getByText(SAMPLE.staff.uk).count()).toBe(1);
  });

  test("a correction that the connection swallowed stays in its editor", async () => {
    const page = await openStaff(COUNTER);
    await page.getByText("Mangler (").click();
    await page.getByRole("button", { name: "Etage", exact: true }).click();
    const editor = page.locator(".slot-editor");
    server.deaf = true;
    await editor.getByRole("textbox").fill("2");
    await page.keyboard.press("Enter");
    // Another value that is heard meanwhile is no answer.
    server.case.put("mover.surname", { value: "Kovalenko", display_da: "Kovalenko", status: "proposed" });
    server.tellForm();
    await page.locator("[id='slot-mover.surname']").getByText("Kovalenko").waitFor();
    expect(await editor.getByRole("textbox").inputValue()).toBe("2");
    expect(await editor.getByRole("button", { name: "Gem" }).isDisabled()).toBe(true);
    server.deaf = false;
    server.cut();
    await editor.getByText("værdien nåede ikke frem").waitFor();
    expect(await editor.getByRole("textbox").inputValue()).toBe("2");
    await editor.getByRole("button", { name: "Gem" }).click();
    await page.locator("[id='slot-to.floor']").getByText("Rettet").waitFor();
    await gone(editor);

    // Refused for a reason that has nothing to do with the value: it can be saved again.
    await page.getByRole("button", { name: "Ret Etage" }).click();
    server.deaf = true;
    await editor.getByRole("textbox").fill("3");
    await page.keyboard.press("Enter");
    server.tell({ type: "error", code: "too_fast", message: "x", fatal: false });
    await editor.getByText("Det gik for hurtigt").waitFor();
    server.deaf = false;
    await editor.getByRole("button", { name: "Gem" }).click();
    await gone(editor);

    // Emptying it waits for the form, too.
    await page.getByRole("button", { name: "Ret Etage" }).click();
    server.deaf = true;
    await editor.getByRole("button", { name: "Slet værdien" }).click();
    server.deaf = false;
    server.cut();
    await editor.getByText("værdien nåede ikke frem").waitFor();
    await editor.getByRole("button", { name: "Slet værdien" }).click();
    await page.locator("[id='slot-to.floor']").getByText("Slettet").waitFor();
    await gone(editor);
    // That there is no value is not struck out.
    expect(await page.locator("[id='slot-to.floor'] .slot__value").evaluate((one) => getComputedStyle(one).textDecorationLine)).toBe("none");
  });

  test("what is heard meanwhile leaves alone what staff is typing", async () => {
    const page = await openStaff(COUNTER);
    const editor = page.locator(".slot-editor");
    await page.getByRole("button", { name: "Ret Grund til forsinkelse" }).click();
    await editor.getByRole("textbox").fill("Indlagt på hospital");
    server.case.put("late_reason", { value: "Rejse", display_da: "Rejse" });
    server.tellForm();
    await page.locator("#slot-late_reason .slot__value").getByText("Rejse").waitFor();
    expect(await editor.getByRole("textbox").inputValue()).toBe("Indlagt på hospital");
    await page.keyboard.press("Escape");
    await gone(editor);

    await page.getByRole("button", { name: "Tilføj person" }).click();
    await page.locator(".slot-editor input:focus").waitFor();
    await page.keyboard.type("Mak");
    server.case.addPerson(1, "Danylo");
    server.tellForm();
    await page.locator("[id='slot-household[1].given_names']").getByText("Danylo").waitFor();
    await page.keyboard.type("sym");
    expect(await editor.getByRole("textbox").inputValue()).toBe("Maksym");
    await page.keyboard.press("Enter");
    await eventually(() => sent("correct_slot").length === 1);
    // Nobody is overwritten.
    expect(sent("correct_slot")).toEqual([
      { type: "correct_slot", key: "household[2].given_names", value: "Maksym", person: "" },
    ]);
  });

  test("typed text stays in its field until it has arrived", async () => {
    const page = await openStaff(COUNTER);
    await page.getByRole("button", { name: "Skriv i stedet" }).click();
    const field = page.locator("#type-text");
    server.deaf = true;
    await field.fill("Vent et øjeblik.");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sender …" }).waitFor();
    expect(await field.inputValue()).toBe("Vent et øjeblik.");
    server.tell({ type: "error", code: "too_fast", message: "x", fatal: false });
    await page.getByText("Det gik for hurtigt").waitFor();
    expect(await field.inputValue()).toBe("Vent et øjeblik.");
    server.deaf = false;
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("(Vent et øjeblik.)").waitFor();
    await expect.poll(() => field.inputValue()).toBe("");
    expect(sent("type_text")).toHaveLength(1);
  });

  test("trouble is told with what to do", async () => {
    const page = await openStaff(COUNTER);
    server.tell({ type: "error", code: "engine_failed", message: "x", fatal: false, kept: true });
    await page.getByText("Noget blev ikke tolket. Ordene er gemt.").waitFor();
    await page.locator(".notices").getByRole("button", { name: "Luk" }).click();
    await gone(page.getByText("Noget blev ikke tolket"));
    server.tell({ type: "error", code: "engine_failed", message: "x", fatal: false });
    await page.getByText("Det sidste blev ikke hørt.").waitFor();
    expect(await page.getByText("Ordene er gemt.").count()).toBe(0);
    await page.locator(".notices").getByRole("button", { name: "Luk" }).click();

    server.closeWith("replaced");
    await page.getByText("Samtalen er åbnet på en anden skærm").waitFor();
    await shot(page, "staff-replaced");
    await page.getByRole("button", { name: "Fortsæt her" }).click();
    await page.getByText("Forbundet", { exact: true }).waitFor();

    server.refuse = "busy";
    server.cut();
    await page.locator(".banners").getByText("Der er optaget lige nu").waitFor();
    server.refuse = "bad_ticket";
    await page.getByText("Forbindelsen til denne samtale er udløbet").waitFor();
    server.refuse = null;
    await page.locator(".banners").getByRole("button", { name: "Ny sag" }).click();
    await page.getByRole("button", { name: "Start ny sag" }).waitFor();
    server.failApi = "busy";
    await page.getByRole("button", { name: "Start ny sag" }).click();
    await page.getByText("Maskinen har ikke plads").waitFor();
  });

  test("typing, the next question, English, and the end", async () => {
    const page = await openStaff(COUNTER);
    await page.getByRole("button", { name: "Skriv i stedet" }).click();
    await page.locator("#type-text:focus").waitFor();
    await page.keyboard.type("Vent et øjeblik.");
    await page.keyboard.press("Enter");
    await page.getByText("(Vent et øjeblik.)").waitFor();
    const ask = page.getByRole("button", { name: "Stil spørgsmålet" });
    await ask.click();
    await eventually(() => sent("type_text").length === 2);
    // It is asked once, however long it takes to arrive; and it may be asked again.
    await expect.poll(() => ask.isEnabled()).toBe(true);
    server.deaf = true;
    await ask.click();
    await expect.poll(() => ask.isDisabled()).toBe(true);
    server.deaf = false;
    server.cut();
    await eventually(() => sent("type_text").length === 3);
    await expect.poll(() => ask.isEnabled()).toBe(true);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Speak Danish" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await page.getByRole("button", { name: "End conversation" }).click();
    await page.getByRole("button", { name: "Yes, end it" }).click();
    await page.getByText("The conversation has ended.").waitFor();
    await gone(page.getByRole("button", { name: "Speak Danish" }));
    await shot(page, "staff-ended");
  });

  test("the microphone's sound arrives as 16 kHz PCM and stops when told", async () => {
    const page = await openStaff(COUNTER);
    await page.getByRole("button", { name: "Tal dansk" }).click();
    await page.getByText("Lytter", { exact: true }).waitFor();
    await eventually(() => server.sound.bytes > 32_000);
    expect(sent("start_audio")).toEqual([{ type: "start_audio", sample_rate: 16_000 }]);
    expect(server.sound.oddFrames).toBe(0);
    expect(server.sound.peak).toBeGreaterThan(1_000);
    await page.getByRole("button", { name: "Stop mikrofon" }).click();
    await eventually(() => sent("end_audio").length === 1);
  });
});

describe("accessibility", () => {
  test("no screen breaks a WCAG 2.1 AA rule that a machine can check", async () => {
    const staff = await open("/staff", COUNTER);
    const found: Record<string, string[]> = {};
    const check = async (name: string, page: Page): Promise<void> => {
      found[name] = await accessibilityFaults(page);
    };
    await check("start", staff);
    await staff.getByRole("button", { name: "Start ny sag" }).click();
    await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).waitFor();
    await check("disclosure", staff);
    await staff.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).click();
    await staff.getByRole("button", { name: "Tal dansk" }).waitFor();
    await check("pairing", staff);

    const tablet = await open("/tablet", TABLET);
    await check("tablet pairing", tablet);
    await tablet.getByLabel("Код (6 цифр)").fill("482913");
    await tablet.keyboard.press("Enter");
    await tablet.locator(".equal-button").first().waitFor();
    await check("tablet notice", tablet);
    await tablet.locator(".equal-button").first().click();
    await tablet.getByRole("button", { name: "Натисніть і говоріть" }).waitFor();

    server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
    server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
    server.case.fillFromSample(2);
    server.tellForm();
    server.tell({ type: "partial", speaker: "citizen", lang: "uk", text: "У нас", settled_chars: 0, start_ms: 0 });
    server.tell({ type: "draft", speaker: "citizen", lang: "da", text: "Vi", start_ms: 0 });
    server.tell({ type: "error", code: "engine_failed", message: "x", fatal: false });
    await staff.getByRole("button", { name: "Ret Flyttedato" }).click();
    await staff.locator(".slot-editor").waitFor();
    await check("conversation", staff);
    await check("tablet conversation", tablet);
    await staff.getByRole("button", { name: "Afslut samtale" }).click();
    await staff.getByRole("dialog").waitFor();
    await check("ending", staff);
    for (const [name, faultsFound] of Object.entries(found)) {
      expect([name, faultsFound]).toEqual([name, []]);
    }
    expect(Object.keys(found)).toHaveLength(8);
  });

  test("the keyboard stays on the screen when its button goes away", async () => {
    const page = await open("/staff", COUNTER);
    await page.getByRole("button", { name: "Start ny sag" }).press("Enter");
    await page.getByRole("button", { name: "Jeg har læst det. Fortsæt" }).press("Enter");
    await page.getByRole("button", { name: "Tal dansk" }).waitFor();
    await focused(page, "main");
  });
});

describe("citizen's tablet", () => {
  test("a wrong code is refused with words, a right one leads to the notice", async () => {
    const page = await open("/tablet", TABLET);
    await page.getByLabel("Код (6 цифр)").fill("12 34");
    await page.getByRole("button", { name: "З’єднати" }).click();
    await page.getByText("Код має 6 цифр").waitFor();
    await page.getByLabel("Код (6 цифр)").fill("111111");
    await page.getByRole("button", { name: "З’єднати" }).click();
    await page.getByText("Цей код не діє").waitFor();
    await shot(page, "tablet-pair");
    await page.getByLabel("Код (6 цифр)").fill("482 913");
    await page.getByRole("button", { name: "З’єднати" }).click();
    await page.getByRole("heading", { name: "Вашу розмову перекладає штучний інтелект" }).waitFor();
    await shot(page, "tablet-notice");
    const buttons = page.locator(".equal-button");
    const sizes = await buttons.evaluateAll((all) =>
      all.map((b) => `${b.getBoundingClientRect().width} ${getComputedStyle(b).backgroundColor}`),
    );
    expect(new Set(sizes).size).toBe(1);
  });

  test("a human interpreter can be asked for instead, and staff sees it", async () => {
    const staff = await openStaff(COUNTER);
    const page = await open("/tablet#482913", TABLET);
    await page.getByRole("button", { name: "Ні, дякую, мені потрібен живий перекладач" }).click();
    await page.getByRole("heading", { name: "Працівника повідомлено" }).waitFor();
    await shot(page, "tablet-human");
    await staff.getByText("Borgeren beder om en menneskelig tolk.").waitFor();
    expect(sent("request_interpreter")).toHaveLength(1);
    expect(server.received.at(-2)?.message).toEqual({
      type: "consent",
      notice: "processing",
      accepted: false,
    });
  });

  test("speech can be repeated, and the microphone is deaf while it plays", async () => {
    const page = await openTablet();
    server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
    await page.locator(".said").getByText(SAMPLE.staff.uk).waitFor();
    await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
    await page.getByText("Слухаю", { exact: true }).waitFor();
    await eventually(() => server.sound.peak > 1_000);
    await page.getByRole("button", { name: "Повторити" }).click();
    await page.getByText("Зачекайте, звучить переклад").waitFor();
    expect(sent("speak_again")).toEqual([{ type: "speak_again", utterance: 1 }]);
    await page.getByText("Слухаю", { exact: true }).waitFor();

    server.forgotSound = true;
    await page.getByRole("button", { name: "Повторити" }).click();
    await page.getByText("Цей запис уже недоступний").waitFor();
  });

  test("an upright tablet shows the form on its own page", async () => {
    const page = await openTablet({ width: 800, height: 1280 });
    server.say("staff", SAMPLE.staff.da, SAMPLE.staff.uk);
    server.say("citizen", SAMPLE.citizen.uk, SAMPLE.citizen.da);
    server.case.fillFromSample(2);
    server.tellForm();
    await page.getByText(SAMPLE.citizen.uk).waitFor();
    await shot(page, "tablet-upright");
    await page.getByRole("button", { name: "Що записано у формі" }).click();
    await page.getByText("15 грудня 2026 року").waitFor();
    // The citizen's own screen shows the number in full.
    await page.getByText("070584-1234").waitFor();
    await shot(page, "tablet-upright-form");
    await page.getByRole("button", { name: "Збільшити текст" }).click();
    await page.getByRole("button", { name: "Збільшити текст" }).click();
    await page.getByRole("button", { name: "Назад до розмови" }).click();
    await shot(page, "tablet-upright-large");
  });

  test("a refused microphone is explained", async () => {
    const page = await openTablet();
    // The fake microphone's browser never refuses, so the refusal is made here.
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.getByRole("button", { name: "Натисніть і говоріть" }).click();
    await page.getByText("Сторінка не має дозволу на мікрофон").waitFor();
    await shot(page, "tablet-refused");
  });
});
