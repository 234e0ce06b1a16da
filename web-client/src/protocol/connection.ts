// One WebSocket to the server, opened again when it breaks.

import { isRefused, isSignedOut, newTicket } from "./api";
import { afterClose, backoff, codeOfClose } from "./policy";
import type { Seat, TicketStore } from "./ticket-store";
import {
  SUBPROTOCOL,
  type CaseId,
  type ClientMessage,
  type ErrorCode,
  type ServerMessage,
} from "./types";

/** Where the connection stands. */
export type Link =
  | { kind: "closed" }
  /** Not welcomed yet; `attempt` counts from 0. */
  | { kind: "connecting"; attempt: number }
  | { kind: "open" }
  /** Will be tried again by itself. `code`: why it ended, null for the network. */
  | { kind: "waiting"; code: ErrorCode | null }
  /** Only a person can go on. */
  | { kind: "stopped"; code: ErrorCode };

/** The message that announces a piece of interpreted speech. */
export type SpeechHeader = Extract<ServerMessage, { type: "speech" }>;

/** What the connection tells its owner. */
export interface ConnectionListener {
  onLink(link: Link): void;
  onMessage(message: ServerMessage): void;
  onSpeech(header: SpeechHeader, pcm: ArrayBuffer): void;
  /** Sequence number of the newest event seen; 0 for none. */
  lastSeq(): number;
}

/** The surroundings, so that tests can bring their own. */
export interface Surroundings {
  open(url: string, protocol: string): WebSocket;
  setTimer(run: () => void, ms: number): number;
  clearTimer(timer: number): void;
  random(): number;
  /** A new ticket for a case that this browser has a session for. */
  newTicket?(id: CaseId, seat: Seat): Promise<string>;
}

/** The browser's own. */
export const browserSurroundings: Surroundings = {
  open: (url, protocol) => new WebSocket(url, protocol),
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (timer) => window.clearTimeout(timer),
  random: Math.random,
  newTicket: async (id, seat) => (await newTicket(id, seat)).ticket,
};

/** Sound that may wait for a slow network, in bytes: 1.5 s of 16 kHz PCM. */
export const MAX_WAITING_BYTES = 48_000;
/** What is under way on any connection, in bytes: half a second of sound. */
export const USUAL_WAITING_BYTES = 16_000;
/** A page that was away longer may have lost its network without being told, ms. */
const LONG_AWAY_MS = 10_000;
/** A connection on which nothing moves for so long is taken for lost, ms: TCP takes minutes. */
const DEAD_AFTER_MS = 10_000;
/** An answer takes longer where the network is slow: what was in front waits on the way, too. */
const DEAD_BEHIND_MS = 30_000;
/** A connection that is not there after so long, or not welcomed so long after, is given up, ms. */
export const CONNECT_WITHIN_MS = 15_000;
/** These are not answered. */
const UNANSWERED: ReadonlySet<ClientMessage["type"]> = new Set([
  "start_audio",
  "end_audio",
  "devices",
]);

/** Keeps a conversation's socket open. */
export class Connection {
  private socket: WebSocket | null = null;
  private link: Link = { kind: "closed" };
  private timer: number | null = null;
  private attempt = 0;
  private fatal: ErrorCode | null = null;
  private header: SpeechHeader | null = null;
  /** A new ticket was asked for since the last welcome. */
  private asked = false;
  /** The answer is on its way. */
  private asking = false;
  /** Bytes that were handed to this socket. */
  private handed = 0;
  /** How much was handed over with what a person asked for last; null once something has come since. */
  private unanswered: number | null = null;
  /** It had to wait for what was handed over before it. */
  private behind = false;
  /** How much had gone out, and when something last moved; null while nothing is waited for. */
  private moved: { out: number; at: number } | null = null;
  /** Sound went into this socket. */
  private sounded = false;
  /** The last socket ended with more sound waiting in it than is usual. */
  private unsent = false;

  constructor(
    private readonly url: string,
    private readonly tickets: TicketStore,
    private readonly listener: ConnectionListener,
    private readonly around: Surroundings = browserSurroundings,
  ) {}

  /** Connects with the kept ticket, at once, whatever was going on. */
  start(): void {
    this.attempt = 0;
    this.asked = false;
    this.tickets.markTaken();
    this.connect();
  }

  /** Leaves for good. */
  close(): void {
    this.drop();
    this.setLink({ kind: "closed" });
  }

  /**
   * Tries now instead of waiting (the network is back). After a long absence a connection that looks
   * open is made anew: it may have ended while nobody could notice.
   *
   * @param awayMs how long the page stood still
   */
  wake(awayMs = 0): void {
    if (this.link.kind === "waiting" && !this.asking) this.connect();
    else if (awayMs > LONG_AWAY_MS) this.resync();
  }

  /**
   * Looks whether the connection is alive; call every second or so. It is lost if what was sent does
   * not go out, or if a person's message is not answered by anything at all.
   *
   * @param now ms on any clock that goes on
   */
  look(now: number): void {
    const { socket } = this;
    if (this.link.kind !== "open" || socket === null) {
      this.moved = null;
      return;
    }
    const out = this.handed - socket.bufferedAmount;
    if (this.asksBehind) this.behind = true;
    // What lies in front of a person's message may go out slowly; behind it, only an answer counts.
    const counts = this.unanswered === null || this.moved === null || this.moved.out < this.unanswered;
    if (socket.bufferedAmount === 0 && this.unanswered === null) this.moved = null;
    else if (this.moved === null) this.moved = { out, at: now };
    else if (out > this.moved.out && counts) this.moved = { out, at: now };
    else if (now - this.moved.at >= (this.behind ? DEAD_BEHIND_MS : DEAD_AFTER_MS)) this.networkLost();
  }

  /** The network is known to be gone: don't wait for TCP to notice. */
  networkLost(): void {
    if (this.link.kind !== "open" && this.link.kind !== "connecting") return;
    this.drop();
    this.ended(null);
  }

  /** Connects again and asks for the events after the last one seen. */
  resync(): void {
    if (this.link.kind === "open") this.connect();
  }

  /** Sends a message; false if there is no connection. */
  send(message: ClientMessage): boolean {
    if (this.link.kind !== "open" || this.socket === null) return false;
    this.hand(this.socket, JSON.stringify(message));
    if (!UNANSWERED.has(message.type)) this.unanswered = this.handed;
    return true;
  }

  /** Bytes that wait in the socket. */
  get waiting(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** What a person asked for last still waits for what was handed over before it. */
  get asksBehind(): boolean {
    return this.unanswered !== null && this.handed - this.waiting < this.unanswered;
  }

  /** Sends a frame of sound; false if there is no connection or the network is too slow. */
  sendSound(pcm: ArrayBuffer): boolean {
    if (this.link.kind !== "open" || this.socket === null) return false;
    if (this.socket.bufferedAmount > MAX_WAITING_BYTES) return false;
    this.sounded = true;
    this.hand(this.socket, pcm);
    return true;
  }

  private hand(socket: WebSocket, data: string | ArrayBuffer): void {
    const before = socket.bufferedAmount;
    socket.send(data);
    this.handed += socket.bufferedAmount - before;
  }

  /** Whether sound was waiting in the socket that broke last and is lost with it; told once. */
  leftUnsent(): boolean {
    const { unsent } = this;
    this.unsent = false;
    return unsent;
  }

  private connect(): void {
    this.drop();
    const kept = this.tickets.load();
    if (kept === null) {
      this.setLink({ kind: "stopped", code: "bad_ticket" });
      return;
    }
    this.fatal = null;
    this.setLink({ kind: "connecting", attempt: this.attempt });
    const socket = this.around.open(this.url, SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.giveUpLater();
    socket.onopen = () => {
      this.giveUpLater();
      const seq = this.listener.lastSeq();
      const hello: ClientMessage = { type: "hello", ticket: kept.ticket };
      socket.send(JSON.stringify(seq > 0 ? { ...hello, resume_after: seq } : hello));
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(event.data);
    socket.onclose = (event: CloseEvent) => {
      this.letGo(socket);
      this.ended(this.fatal ?? codeOfClose(event.code));
    };
  }

  /** A network that swallows everything says nothing for minutes: the next attempt may get through. */
  private giveUpLater(): void {
    this.stopTimer();
    this.timer = this.around.setTimer(() => {
      this.timer = null;
      this.networkLost();
    }, CONNECT_WITHIN_MS);
  }

  private receive(data: string | ArrayBuffer): void {
    // Words that come do not say that what still waits here has arrived.
    if (!this.asksBehind) this.answered();
    this.moved = null;
    if (typeof data !== "string") {
      const header = this.header;
      this.header = null;
      if (header !== null) this.listener.onSpeech(header, data);
      return;
    }
    let message: ServerMessage;
    try {
      message = JSON.parse(data) as ServerMessage;
    } catch {
      return; // Not ours; the next message may be.
    }
    switch (message.type) {
      case "welcome":
        this.tickets.renew(message.case, message.resume_ticket);
        this.stopTimer();
        this.attempt = 0;
        this.asked = false;
        this.listener.onMessage(message);
        this.setLink({ kind: "open" });
        return;
      case "speech":
        this.header = message;
        return;
      case "error":
        if (message.fatal) this.fatal = message.code;
        break;
      default:
        break;
    }
    this.listener.onMessage(message);
  }

  private ended(code: ErrorCode | null): void {
    this.stopTimer();
    const next = afterClose(code, this.attempt, this.around.random());
    if (next.kind === "stop") {
      // Whoever signed in again meanwhile gets a ticket.
      if ((code === "bad_ticket" || code === "signed_out") && this.askForTicket()) return;
      this.setLink({ kind: "stopped", code: next.code });
      return;
    }
    // Nothing can be saved, so this ticket can't be used up; a new one the server keeps in memory. If there is none, the
    // old one is good again later.
    if (code === "not_saved" && this.link.kind !== "open" && this.askForTicket("wait")) return;
    this.wait(code, next.delayMs);
  }

  private wait(code: ErrorCode | null, delayMs: number): void {
    this.attempt += 1;
    this.setLink({ kind: "waiting", code });
    this.timer = this.around.setTimer(() => {
      this.timer = null;
      this.connect();
    }, delayMs);
  }

  /**
   * The ticket is good once: a server that fell between taking it and handing out the next leaves
   * none. The browser's session still knows the case. Asks until there is an answer, and once if that
   * is no good; false if there is nothing to ask. Refused, it is over, or else the old ticket is tried again.
   */
  private askForTicket(refused: "stop" | "wait" = "stop"): boolean {
    const kept = this.tickets.load();
    if (kept === null || this.asked || this.around.newTicket === undefined) return false;
    this.asked = true;
    this.asking = true;
    this.setLink({ kind: "waiting", code: null });
    const still = (): boolean => {
      this.asking = false;
      return this.link.kind === "waiting";
    };
    this.around.newTicket(kept.case, this.tickets.seat).then(
      (ticket) => {
        if (!still()) return;
        this.tickets.renew(kept.case, ticket);
        this.connect();
      },
      (error: unknown) => {
        if (!still()) return;
        if (refused === "wait" && (isSignedOut(error) || isRefused(error))) {
          this.wait("not_saved", backoff(this.attempt, this.around.random()));
          return;
        }
        if (isSignedOut(error)) {
          this.setLink({ kind: "stopped", code: "signed_out" });
          return;
        }
        if (isRefused(error)) {
          this.setLink({ kind: "stopped", code: "bad_ticket" });
          return;
        }
        // The network or the store is away, and the case is still there: all of it is tried again.
        this.asked = false;
        this.ended(null);
      },
    );
    return true;
  }

  /** Lets go of the socket and the timer without telling anybody. */
  private drop(): void {
    this.stopTimer();
    this.header = null;
    const { socket } = this;
    if (socket === null) return;
    this.letGo(socket);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private stopTimer(): void {
    if (this.timer !== null) this.around.clearTimer(this.timer);
    this.timer = null;
  }

  private letGo(socket: WebSocket): void {
    this.socket = null;
    if (this.sounded && socket.bufferedAmount > USUAL_WAITING_BYTES) this.unsent = true;
    this.sounded = false;
    this.handed = 0;
    this.answered();
    this.moved = null;
  }

  private answered(): void {
    this.unanswered = null;
    this.behind = false;
  }

  private setLink(link: Link): void {
    this.link = link;
    this.listener.onLink(link);
  }
}

/** Address of the server's socket for a page at `location`. */
export function socketUrl(location: { protocol: string; host: string }): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/ws`;
}
