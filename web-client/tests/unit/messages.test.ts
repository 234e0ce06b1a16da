import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { clock, days, texts, translate } from "../../src/i18n/i18n";
import type { ApiTrouble } from "../../src/protocol/api";
import { ERROR_CODES } from "../../src/protocol/policy";
import { apiTroubleText } from "../../src/ui/parts";
import da from "../../src/messages/da.json";
import en from "../../src/messages/en.json";
import uk from "../../src/messages/uk.json";

const SRC = path.resolve(import.meta.dirname, "../../src");
/** Pages that say something before any script runs. */
const PAGES = ["index.html", "staff/index.html", "tablet/index.html", "supervisor/index.html"].map(
  (file): [string, string] => [file, readFileSync(path.resolve(SRC, "..", file), "utf8")],
);
const FILES: Record<string, Record<string, string>> = { da, uk, en };

function places(text: string): string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1] ?? "").sort();
}

describe("message files", () => {
  test("have the same keys, in order, and no empty texts", () => {
    const keys = Object.keys(da);
    expect(keys).toEqual([...keys].sort());
    for (const file of Object.values(FILES)) {
      expect(Object.keys(file)).toEqual(keys);
      expect(Object.values(file).filter((text) => text.trim() === "")).toEqual([]);
    }
  });

  test("have the same places in every language", () => {
    for (const [key, text] of Object.entries(da)) {
      for (const file of [uk, en] as Record<string, string>[]) {
        expect([key, places(file[key] ?? "")]).toEqual([key, places(text)]);
      }
    }
  });

  test("say something about every kind of trouble", () => {
    for (const code of ERROR_CODES) expect(Object.keys(da)).toContain(`error.${code}`);
  });

  test("are each in their own alphabet", () => {
    // Names that stay Latin in Ukrainian texts.
    const latin = /TolkeBOT|CPR|PDF|JSON|QR|Datatilsynet|Borgerservice|MitID|NemLog-in|https|XXXX/g;
    for (const text of Object.values(uk)) {
      expect(text.replace(latin, "").replace(/\{\w+\}/g, "")).not.toMatch(/[A-Za-zæøåÆØÅ]/);
      // Letters that are Russian and not Ukrainian.
      expect(text).not.toMatch(/[ыэъёЫЭЪЁ]/);
    }
    for (const text of [...Object.values(da), ...Object.values(en)]) {
      expect(text).not.toMatch(/\p{Script=Cyrillic}/u);
    }
  });

  test("call one thing by one name, and are written in one way", () => {
    const others: [Record<string, string>, RegExp][] = [
      // Staff is «працівник», approving «схвалення»; the apostrophe is a letter's, not a quote.
      // The interpreter of flesh and blood is «живий перекладач»; forms of both genders are «(-ла)».
      [uk, /співробітник|затвердж|затверд|'|перекладач\p{L}*-люд|\p{L}\(ла\)/iu],
      // A machine says what happens, not «I».
      [uk, /(?<!\p{L})(?:пробую|спробую|з’єдную|говорю)(?!\p{L})/iu],
      // Who looks after the machine; a case is «annulleret», a delivery «opgivet», and «genoptaget».
      [da, /\bIT\b|[Kk]ontakt it\b(?!-)|[Ii]t-drift|\bt(?:ag|og|ages) (?:sagen )?op igen/],
    ];
    for (const [file, pattern] of others) {
      expect(Object.entries(file).filter(([, text]) => pattern.test(text))).toEqual([]);
      expect(PAGES.filter(([, text]) => pattern.test(text))).toEqual([]);
    }
  });

  test("hold no number that another one would need another word for", () => {
    const counted = Object.entries(uk).filter(
      ([key, text]) => !key.startsWith("days.") && /\{n\} (?!хв(?!\p{L}))\p{L}/u.test(text),
    );
    expect(counted).toEqual([]);
    expect(translate("uk", "app.times", { n: 5 })).toBe("(разів: 5)");
  });

  test("say of an approved case what is known: its delivery may have failed", () => {
    for (const file of Object.values(FILES)) {
      const said = file["stage.state.approved"];
      expect(said).toMatch(/^(Godkendt, ikke indsendt|Схвалено, ще не подано|Approved, not handed in)/);
    }
  });

  test("say of a failed request what it was about", () => {
    const said = (trouble: ApiTrouble): string => apiTroubleText(texts("da"), trouble);
    expect(said("not_saved")).not.toMatch(/[Ss]amtale/);
    expect(said("engine_failed")).not.toMatch(/[Oo]rd/);
    expect(said("unreachable")).toBe(da["error.unreachable"]);
  });

  test("hold no text that no screen uses", () => {
    const source = readdirSync(SRC, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(path.join(SRC, file), "utf8"))
      .join("\n");
    // Keys put together in the code: `error.${code}` and the like.
    const prefixes = Array.from(source.matchAll(/`([a-z_.]+\.)\$\{/g), (found) => found[1] ?? "");
    const unused = Object.keys(da).filter(
      (key) => !source.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe("texts", () => {
  test("fill their places, and leave unknown ones visible", () => {
    expect(translate("da", "form.missing", { n: 3 })).toBe("Mangler (3)");
    expect(translate("da", "form.missing")).toBe("Mangler ({n})");
    expect(texts("en")("app.close")).toBe("Close");
  });

  test("count days as the language does", () => {
    const counted = (lang: "da" | "uk" | "en"): string[] => [1, 2, 5, 11, 21].map((n) => days(lang, n));
    expect(counted("uk")).toEqual(["1 день", "2 дні", "5 днів", "11 днів", "21 день"]);
    expect(counted("da")).toEqual(["1 dag", "2 dage", "5 dage", "11 dage", "21 dage"]);
    expect(counted("en")).toEqual(["1 day", "2 days", "5 days", "11 days", "21 days"]);
    expect(translate("uk", "processing.text.erased", { days: days("uk", 21) })).toContain(
      "через 21 день після",
    );
  });

  test("tell the time as it is written in the language", () => {
    expect(clock("da", Date.UTC(2026, 11, 1, 9, 5))).toMatch(/^\d\d\.\d\d$/);
    expect(clock("uk", Date.UTC(2026, 11, 1, 9, 5))).toMatch(/^\d\d:\d\d$/);
  });
});
