// Texts of the screens, one message file a language.

import da from "../messages/da.json";
import en from "../messages/en.json";
import uk from "../messages/uk.json";

/** A language that the screens can be shown in. */
export type UiLang = "da" | "uk" | "en";

/** A text's name. */
export type MessageKey = keyof typeof da;

/** Whether there is a text of that name: for names that the server sends. */
export function isMessageKey(key: string): key is MessageKey {
  return key in da;
}

/** Values for the `{name}` places of a text. */
export type Params = Record<string, string | number>;

// Typed so that a key missing in one file fails the type check.
const FILES: Record<UiLang, Record<MessageKey, string>> = { da, uk, en };

/** A text in a language, with its places filled. */
export function translate(lang: UiLang, key: MessageKey, params: Params = {}): string {
  return FILES[lang][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(params[name] ?? place),
  );
}

/** A text in the screen's language. */
export type T = (key: MessageKey, params?: Params) => string;

/** Makes a `T` for one language. */
export function texts(lang: UiLang): T {
  return (key, params) => translate(lang, key, params);
}

/** A number of days with its word: `1 dag`, `21 день`. */
export function days(lang: UiLang, n: number): string {
  // The languages of the screens have these four kinds at most.
  const kind = new Intl.PluralRules(locale(lang)).select(n) as "one" | "few" | "many" | "other";
  return translate(lang, `days.${kind}`, { n });
}

/** Locale for dates and numbers. */
export function locale(lang: UiLang): string {
  return { da: "da-DK", uk: "uk-UA", en: "en-GB" }[lang];
}

/** `HH:MM` of a time, in the screen's language and time zone. */
export function clock(lang: UiLang, time: string | number): string {
  return new Intl.DateTimeFormat(locale(lang), {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(time));
}

/** Day and time, in the screen's language and time zone. */
export function dayAndClock(lang: UiLang, time: string | number): string {
  const format = new Intl.DateTimeFormat(locale(lang), { dateStyle: "short", timeStyle: "short" });
  return format.format(new Date(time));
}

/** A day in words, in the screen's language: `15. december 2026`. */
export function day(lang: UiLang, iso: string): string {
  const format = new Intl.DateTimeFormat(locale(lang), { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${iso}T00:00:00Z`));
}

/** The language kept from the last visit if it is one of `offered`, else the first of them. */
export function chosenLang(name: string, offered: readonly UiLang[], preset: UiLang): UiLang {
  try {
    const kept = window.localStorage.getItem(name) as UiLang | null;
    return kept !== null && offered.includes(kept) ? kept : preset;
  } catch {
    return preset;
  }
}

/** Keeps the language for the next visit. */
export function keepLang(name: string, lang: UiLang): void {
  try {
    window.localStorage.setItem(name, lang);
  } catch {
    // Then it is chosen again next time.
  }
}
