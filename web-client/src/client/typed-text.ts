// Text that was typed and sent, until the conversation has it: kept over a reload, and sent again under the same name
// after a break, so that it is neither lost nor there twice.

import type { Conversation } from "../protocol/fold";
import type { KeptText } from "../protocol/ticket-store";
import type { CaseId, ClientMessage, ErrorCode, ServerMessage } from "../protocol/types";

/** Typed text is answered sooner than this, ms, or the connection is dead. */
export const ECHO_WITHIN_MS = 10_000;
/** The same for text that had to wait for sound in front of it: that is on its way for longer, too. */
export const ECHO_BEHIND_MS = 30_000;
/** The server has it for so long, ms, and it is not stored yet: the next may be typed. */
export const FREED_AFTER_MS = 10_000;
/** With these the server may refuse typed text; the others are about something else. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "bad_message",
  "too_large",
  "too_fast",
  "not_allowed",
  "busy",
  "engine_failed",
]);

/** What is typed and not sent yet: it outlives the box, which other screens and buttons take away. */
export interface TypedDraft {
  now(): string;
  keep(text: string): void;
}

/** What a reload finds of a text. */
interface KeptTyped {
  /** Its name, for the server. */
  readonly id: string;
  readonly text: string;
  /** The newest event when it was sent: the same words may have been typed before. */
  readonly after: number;
  /** It stands in the box, or came from there. */
  readonly boxed: boolean;
  /** The server may not have taken it, and the person was told: only they send it again. */
  readonly refused: boolean;
  /** The box is free for the next one. */
  readonly freed: boolean;
}

/** And how it stands on this connection. */
interface Typed extends KeptTyped {
  /** When it was sent; null if it was not. */
  readonly sentAt: number | null;
  /** It had to wait for what was sent before it. */
  readonly behind: boolean;
  /** When the server said that it has it. */
  readonly takenAt: number | null;
}

const UNSENT = { sentAt: null, behind: false, takenAt: null } as const;

/** The surroundings. */
export interface TypingPlace {
  kept: KeptText;
  /** What stands in the box. */
  box: TypedDraft;
  /** False if there is no connection. */
  send(message: ClientMessage): boolean;
  /** What a person asked for last still waits for what was sent before it. */
  asksBehind(): boolean;
  /** Tells the person that it did not arrive. */
  onLost(): void;
  newId(): string;
  /** ms on the clock that goes on while the machine sleeps. */
  now(): number;
}

/** All that was typed here and is not in the conversation yet, oldest first. */
export class TypedTexts {
  private texts: readonly Typed[] = [];
  private of: CaseId | null = null;

  constructor(private readonly place: TypingPlace) {}

  /** Something stands in the box, or was asked with a button, and is not answered yet. */
  get waits(): boolean {
    return this.texts.some((one) => !one.refused && !one.freed);
  }

  /** Something is on its way to the server. */
  get underWay(): boolean {
    return this.texts.some(isUnderWay);
  }

  /** Goes on with what is kept of this case; nothing of another one stays. */
  resume(of: CaseId | null): void {
    if (of !== null && of === this.of) return;
    const kept = of === null ? [] : this.load(of);
    if (kept.length === 0) this.forget();
    this.of = of;
    this.texts = kept.map((one) => ({ ...one, ...UNSENT }));
  }

  forget(): void {
    this.of = null;
    this.texts = [];
    this.place.kept.clear();
  }

  /** Sends a text; false if there is no connection. */
  type(text: string, boxed: boolean, after: number): boolean {
    const before = this.texts;
    // It may have been something else that was refused: under its name it is taken once.
    const again = before.find((one) => one.refused && one.text === text);
    const fresh = { id: again?.id ?? this.place.newId(), text, after: again?.after ?? after, boxed };
    const typed: Typed = { ...fresh, refused: false, freed: false, ...UNSENT };
    // Kept first: a reload in between sends it.
    this.put([...before.filter((one) => !one.refused), typed]);
    if (this.send(typed)) return true;
    this.put(before);
    return false;
  }

  /** Takes in what the server says; true if that changes anything here. */
  heard(message: ServerMessage, { role }: Pick<Conversation, "role">): boolean {
    const before = this.texts;
    switch (message.type) {
      case "text_taken":
        this.change(
          (one) => one.id === message.id,
          (one) => ({ ...one, refused: false, takenAt: one.takenAt ?? this.place.now() }),
        );
        break;
      case "event": {
        if (message.kind !== "utterance_settled" || message.speaker !== role) break;
        const { sent_as, source, seq, text } = message;
        const arrived = this.texts.find((one) =>
          sent_as === undefined
            ? // From a server that names nothing: it does not say that it has it, either.
              one.takenAt === null && source === "typed" && seq > one.after && text === one.text
            : sent_as === one.id,
        );
        if (arrived !== undefined) this.drop(arrived);
        break;
      }
      case "partial": {
        // So are words shown that cannot be stored now.
        const whole = message.settled_chars === [...message.text].length;
        if (!whole || message.speaker !== role) break;
        this.free((one) => one.text === message.text);
        break;
      }
      case "error":
        if (REFUSALS.has(message.code)) this.refuse();
        break;
      default:
        break;
    }
    return this.texts !== before;
  }

  /** The connection broke, or is made anew: nobody knows what has arrived. */
  broken(): void {
    this.texts = this.texts.map((one) => ({ ...one, ...UNSENT }));
  }

  /** Sends again what is not among all that this connection has told; call while it is open. */
  caughtUp({ seq, caughtUpAt, gap, ended, cancelled }: Conversation): void {
    if (gap || seq < caughtUpAt) return;
    for (const typed of this.texts.filter((one) => one.sentAt === null && !one.refused)) {
      if (!ended && !cancelled) {
        this.send(typed);
        continue;
      }
      // Nobody takes it any more.
      this.putBack(typed);
      this.put(this.texts.filter((one) => one.id !== typed.id));
      this.place.onLost();
    }
  }

  /** Looks at the clock; call every second or so while the connection is open. True if it must be dead. */
  look(): boolean {
    const now = this.place.now();
    if (this.underWay && this.place.asksBehind()) {
      // It goes out slowly, and has not gone: the connection is looked at instead.
      this.texts = this.texts.map((one) => (isUnderWay(one) ? { ...one, sentAt: now, behind: true } : one));
    }
    this.free(({ takenAt }) => takenAt !== null && now - takenAt >= FREED_AFTER_MS);
    return this.texts.some(
      (one) =>
        isUnderWay(one) && now - (one.sentAt ?? now) >= (one.behind ? ECHO_BEHIND_MS : ECHO_WITHIN_MS),
    );
  }

  private send(typed: Typed): boolean {
    const { id, text } = typed;
    if (!this.place.send({ type: "type_text", text, id })) return false;
    const sent = { sentAt: this.place.now(), behind: false, takenAt: null };
    this.texts = this.texts.map((one) => (one.id === id ? { ...one, ...sent } : one));
    return true;
  }

  /** The conversation has it. */
  private drop(typed: Typed): void {
    // Out of the box first: there without its name it would be sent as new.
    this.takeOut(typed);
    this.put(this.texts.filter((one) => one.id !== typed.id));
  }

  private free(which: (one: Typed) => boolean): void {
    const due = this.texts.filter((one) => !one.freed && !one.refused && which(one));
    if (due.length === 0) return;
    // Kept first: out of the box, only here it is known.
    this.change(
      (one) => due.includes(one),
      (one) => ({ ...one, freed: true }),
    );
    for (const one of due) this.takeOut(one);
  }

  private refuse(): void {
    for (const one of this.texts.filter(isUnderWay).reverse()) this.putBack(one);
    this.change(isUnderWay, (one) => ({ ...one, refused: true, freed: false }));
  }

  private takeOut({ boxed, text }: Typed): void {
    if (!boxed) return;
    const now = this.place.box.now();
    if (now.trim() === text) this.place.box.keep("");
    else if (now.startsWith(`${text}\n`)) this.place.box.keep(now.slice(text.length + 1));
  }

  /** Into the box that was free already, in front of what has been typed there since. */
  private putBack({ boxed, freed, text }: Typed): void {
    if (!boxed || !freed) return;
    const now = this.place.box.now();
    this.place.box.keep(now.trim() === "" ? text : `${text}\n${now}`);
  }

  private change(which: (one: Typed) => boolean, how: (one: Typed) => Typed): void {
    if (this.texts.some(which)) this.put(this.texts.map((one) => (which(one) ? how(one) : one)));
  }

  private put(texts: readonly Typed[]): void {
    this.texts = texts;
    const kept = texts.map(({ id, text, after, boxed, refused, freed }): KeptTyped => {
      return { id, text, after, boxed, refused, freed };
    });
    if (kept.length === 0) this.place.kept.clear();
    else this.place.kept.write(JSON.stringify({ case: this.of, texts: kept }));
  }

  /** Anything unreadable counts as nothing. */
  private load(of: CaseId): KeptTyped[] {
    try {
      const kept = JSON.parse(this.place.kept.read() ?? "null") as { case?: unknown; texts?: unknown } | null;
      if (kept?.case !== of || !Array.isArray(kept.texts)) return [];
      return kept.texts.filter(isKept);
    } catch {
      return [];
    }
  }
}

/** A name that no other text has, also where the page came without a certificate. */
export function newTextId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isUnderWay({ sentAt, takenAt, refused }: Typed): boolean {
  return sentAt !== null && takenAt === null && !refused;
}

function isKept(one: unknown): one is KeptTyped {
  if (typeof one !== "object" || one === null) return false;
  const { id, text, after, boxed, refused, freed } = one as Partial<KeptTyped>;
  return (
    typeof id === "string" &&
    typeof text === "string" &&
    typeof after === "number" &&
    [boxed, refused, freed].every((flag) => typeof flag === "boolean")
  );
}
