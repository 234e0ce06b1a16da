// A small stand-in for the server: the same protocol, no machine behind it. For the tests of
// screens and error paths, which must be fast and must be able to fail on purpose.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { WebSocketServer, type WebSocket } from "ws";
import {
  SUBPROTOCOL,
  type ClientMessage,
  type ErrorCode,
  type ImportSigned,
  type OutboxLine,
  type OwnCase,
  type Pairing,
  type QueueLine,
  type ReviewView,
  type ServerMessage,
  type SignedElsewhere,
  type SigningTrouble,
  type UtteranceSource,
} from "../../src/protocol/types";
import type { SessionState } from "../../src/protocol/api";
import { MockCase } from "./mock-case";
import { Lane, slowAnswer, slowSocket } from "./slowness";

const DIST = path.resolve(import.meta.dirname, "../../dist");
const CLOSE: { [code in ErrorCode]?: number } = {
  bad_ticket: 4003,
  busy: 4008,
  replaced: 4011,
  idle_timeout: 4012,
  signed_out: 4014,
};
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** As strict as the real server's. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
const QR =
  '<svg xmlns="http://www.w3.org/2000/svg" width="21" height="21" viewBox="0 0 21 21">' +
  '<rect width="21" height="21" fill="#ffffff"/><path d="M1 1h7v7h-7zM13 1h7v7h-7zM1 13h7v7h-7z' +
  'M10 10h2v2h-2zM14 14h3v3h-3z" fill="#000000"/></svg>';

type SocketRole = "staff" | "citizen";

/** The mock server. */
export class MockServer {
  case = new MockCase("FLY-2026-000123");
  /** Everything clients sent, in order. */
  readonly received: { role: SocketRole; message: ClientMessage }[] = [];
  /** What each side's screen said of its devices last. */
  readonly devices: { [role in SocketRole]?: ClientMessage } = {};
  /** So long does a sign-in last after a welcome, s. */
  signedInForS: number | null = null;
  /** Bytes of sound received, and the loudest sample. */
  readonly sound = { bytes: 0, peak: 0, oddFrames: 0 };
  /** How long a welcome takes, ms. */
  welcomeAfter = 0;
  /** How often clients were welcomed. */
  greeted = 0;
  /** What clients send is lost, as on a connection that is dying. */
  deaf = false;
  /** Refuse new connections with this code. */
  refuse: ErrorCode | null = null;
  /** The pairing code, and how long it is good for. */
  readonly pairing = { code: "482913", lifetime_s: 600 };
  /** Sound is no longer kept. */
  forgotSound = false;
  /** Fail requests to the HTTP API with this code. */
  failApi: ErrorCode | null = null;
  /** Answer what is looked up as a proxy does whose server is away. */
  failLook = false;
  private readonly tickets = new Map<string, SocketRole>();
  private readonly paired = new Set<string>();
  /** Who is signed in. */
  session: SessionState | null = null;
  /** Who comes back from the OpenID provider, or why nobody does. */
  provided: SessionState["account"] | "no_role" | "given_up" = "no_role";
  /** Where the browser is to sign out as well; or that signing out cannot be noted. */
  signOutAt: string | "not_saved" | null = null;
  /** Cases that wait for staff; tickets for them are given out again. */
  ownCases: OwnCase[] = [];
  /** The case that waits for a second person, and what that person decided. */
  review: ReviewView | null = null;
  readonly decided: { pathname: string; body: unknown }[] = [];
  /** What waits to be handed in, and what was tried again. */
  outbox: OutboxLine[] = [];
  readonly retried: string[] = [];
  /** What comes of a document that was signed at NemLog-in, in order; and what was handed in. */
  readonly signed: (SignedElsewhere | SigningTrouble)[] = [];
  readonly handedIn: ImportSigned[] = [];
  private stage: ServerMessage | null = null;
  /** A code is good once. */
  private usedCode = "";
  private readonly sockets = new Map<WebSocket, SocketRole>();
  private counter = 0;

  private constructor(
    private readonly http: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<MockServer> {
    const http = createServer();
    await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
    const { port } = http.address() as AddressInfo;
    const mock = new MockServer(http, `http://127.0.0.1:${port}`);
    http.on("request", (request, response) => {
      new Lane().pass(() => mock.answer(request, response));
    });
    const sockets = new WebSocketServer({
      server: http,
      path: "/api/ws",
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
    sockets.on("connection", (socket) => mock.serve(socket));
    return mock;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.keys()) socket.terminate();
    this.http.closeAllConnections();
    await new Promise((done) => this.http.close(done));
  }

  /** Sends to all clients, or to those of one role. Who comes in later is told the stage, too. */
  tell(message: ServerMessage, role?: SocketRole): void {
    if (message.type === "stage") this.stage = message;
    for (const [socket, its] of this.sockets) {
      if (role === undefined || role === its) socket.send(JSON.stringify(message));
    }
  }

  /** Cuts every connection as a broken network would. */
  cut(): void {
    for (const socket of this.sockets.keys()) socket.terminate();
  }

  /** Closes every connection with a reason. */
  closeWith(code: ErrorCode): void {
    this.tell({ type: "error", code, message: "told to", fatal: true });
    for (const socket of this.sockets.keys()) socket.close(CLOSE[code] ?? 4000);
  }

  say(speaker: SocketRole, text: string, translation: string, source?: UtteranceSource): void {
    for (const event of this.case.say(speaker, text, translation, source)) {
      this.tell({ type: "event", ...event });
    }
  }

  tellForm(): void {
    this.tell({ type: "form", ...this.case.form });
  }

  /** A ticket for a tablet that entered the code. */
  private pairedTicket(): string {
    const ticket = this.ticket("citizen");
    this.paired.add(ticket);
    return ticket;
  }

  private ticket(role: SocketRole): string {
    this.counter += 1;
    const ticket = `${role}-${this.counter}`;
    this.tickets.set(ticket, role);
    return ticket;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", this.url);
    if (url.pathname.startsWith("/api/")) slowAnswer(response);
    if (request.method === "POST") {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => this.api(url.pathname, body, response));
      return;
    }
    if (request.method === "DELETE") {
      this.signOut(response);
      return;
    }
    if (url.pathname.startsWith("/api/")) {
      this.look(url.pathname, response);
      return;
    }
    let file = path.join(DIST, url.pathname);
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (!file.startsWith(DIST) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
      "content-security-policy": CSP,
      "x-content-type-options": "nosniff",
    });
    createReadStream(file).pipe(response);
  }

  /** There are accounts, and nobody is signed in any more. */
  private get signedOut(): boolean {
    return this.session?.accounts === true && this.session.account === null;
  }

  private signOut(response: ServerResponse): void {
    const json = { "content-type": "application/json" };
    if (this.session !== null) this.session = { ...this.session, account: null };
    if (this.signOutAt === null) response.writeHead(204).end();
    else if (this.signOutAt === "not_saved") {
      response.writeHead(503, json).end(JSON.stringify({ code: "not_saved", message: "told to" }));
    } else {
      response.writeHead(200, json).end(JSON.stringify({ sign_out_at: this.signOutAt }));
    }
  }

  /** The provider's answer comes to the staff console, wherever it was asked for. */
  private atProvider(response: ServerResponse): void {
    const { provided } = this;
    if (typeof provided === "string") {
      response.writeHead(303, { location: `/staff?sign_in=${provided}` }).end();
    }
    else {
      this.session = { ...this.session, accounts: true, account: provided };
      response.writeHead(303, { location: "/staff" }).end();
    }
  }

  /** What the supervisor's page asks for. */
  private look(pathname: string, response: ServerResponse): void {
    const { review } = this;
    const json = (status: number, content: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(content));
    };
    if (pathname === "/api/oidc/start") {
      this.atProvider(response);
    } else if (this.signedOut && pathname !== "/api/session") {
      json(401, { code: "not_allowed", message: "sign in" });
    } else if (this.failLook) {
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
    } else if (pathname === "/api/session") {
      json(200, this.session ?? { accounts: false, account: null });
    } else if (pathname === "/api/cases/own") {
      json(200, this.ownCases);
    } else if (pathname === "/api/outbox") {
      json(200, this.outbox);
    } else if (pathname === "/api/review") {
      json(200, review === null ? [] : [queueLine(review)]);
    } else if (review !== null && pathname === `/api/cases/${review.case}/review`) {
      json(200, review);
    } else {
      json(404, { code: "bad_ticket", message: "no such thing" });
    }
  }

  private api(pathname: string, body: string, response: ServerResponse): void {
    const json = (status: number, content: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(content));
    };
    if (pathname === "/api/session") {
      const { name } = JSON.parse(body) as { name: string };
      this.session = { accounts: true, account: { name, role: "supervisor" } };
      json(200, this.session);
    } else if (this.signedOut) {
      json(401, { code: "not_allowed", message: "sign in" });
    } else if (this.failApi !== null) {
      json(503, { code: this.failApi, message: "told to" });
    } else if (pathname === "/api/cases") {
      json(200, {
        case: this.case.id,
        ticket: this.ticket("staff"),
        pairing: this.pairingBody(),
      });
    } else if (
      this.session !== null && pathname === `/api/cases/${this.case.id}/ticket` ||
      this.ownCases.some((one) => pathname === `/api/cases/${one.case}/ticket`)
    ) {
      json(200, { case: this.case.id, ticket: this.ticket("staff") });
    } else if (pathname === `/api/cases/${this.case.id}/pairing`) {
      this.pairing.code = "731502";
      this.pairing.lifetime_s = 600;
      json(200, this.pairingBody());
    } else if (
      pathname === "/api/pair" &&
      (JSON.parse(body) as { code: string }).code === this.pairing.code &&
      this.usedCode !== this.pairing.code
    ) {
      this.usedCode = this.pairing.code;
      json(200, { case: this.case.id, ticket: this.pairedTicket() });
    } else if (pathname === `/api/cases/${this.case.id}/nemlogin/export`) {
      const document = Buffer.from("%PDF-1.7 mock").toString("base64");
      json(200, { document, document_sha256: "ab".repeat(32), package: '{"version":1}' });
    } else if (pathname === `/api/cases/${this.case.id}/nemlogin/import`) {
      this.handedIn.push(JSON.parse(body) as ImportSigned);
      const next = this.signed.shift() ?? "state";
      if (typeof next === "string") {
        json(422, { code: "bad_message", message: "told to", signing: next });
      } else {
        json(200, next);
      }
    } else if (/^\/api\/outbox\/.+\/retry$/.test(pathname)) {
      this.retried.push(pathname);
      this.outbox = this.outbox.filter((line) => !pathname.includes(line.case));
      json(200, this.outbox);
    } else if (this.review !== null && /\/review\/(approve|return)$/.test(pathname)) {
      this.decided.push({ pathname, body: JSON.parse(body) as unknown });
      const { stage } = this.review;
      this.review = null;
      json(200, stage);
    } else {
      json(403, { code: "bad_ticket", message: "no such code" });
    }
  }

  private pairingBody(): Pairing {
    const { code, lifetime_s } = this.pairing;
    return { code, url: `${this.url}/tablet#code=${code}`, qr_svg: QR, expires_in_s: lifetime_s };
  }

  private serve(socket: WebSocket): void {
    socket.on("close", () => {
      if (this.sockets.delete(socket)) this.tellPresence();
    });
    slowSocket(socket);
    const lane = new Lane();
    socket.on("message", (data: Buffer, binary) => {
      const message = binary ? null : (JSON.parse(data.toString("utf8")) as ClientMessage);
      // Lost when it was sent, however long it would have been on its way.
      if (this.deaf && message !== null && message.type !== "hello") return;
      lane.pass(() => {
        // A ticket that was on its way when the connection broke is still good.
        if (message?.type === "hello" && socket.readyState !== socket.OPEN) return;
        if (message === null) this.hear(data);
        else this.read(socket, message);
      });
    });
  }

  private hear(data: Buffer): void {
    this.sound.bytes += data.length;
    if (data.length % 2 !== 0) this.sound.oddFrames += 1;
    for (let i = 0; i + 1 < data.length; i += 2) {
      this.sound.peak = Math.max(this.sound.peak, Math.abs(data.readInt16LE(i)));
    }
  }

  private read(socket: WebSocket, message: ClientMessage): void {
    if (message.type === "hello") {
      const welcome = (): void => this.welcome(socket, message.ticket, message.resume_after ?? 0);
      if (this.welcomeAfter === 0) welcome();
      else setTimeout(welcome, this.welcomeAfter);
      return;
    }
    const role = this.sockets.get(socket);
    if (role === undefined) return;
    if (message.type === "devices") {
      this.devices[role] = message;
      return;
    }
    this.received.push({ role, message });
    const event = (payload: Parameters<MockCase["append"]>[1]): void =>
      this.tell({ type: "event", ...this.case.append(role, payload) });
    switch (message.type) {
      case "consent":
        event({ kind: "consent_given", notice: message.notice, accepted: message.accepted });
        break;
      case "request_interpreter":
        event({ kind: "interpreter_requested" });
        break;
      case "end_conversation":
        event({ kind: "conversation_ended" });
        break;
      case "cancel_case":
        event({ kind: "cancelled", reason: role === "staff" ? message.reason : "" });
        break;
      case "confirm_slot":
        event({ kind: "slot_confirmed", key: message.key, value: message.value });
        this.case.put(message.key, { status: "confirmed", confidence: 1 });
        this.tellForm();
        break;
      case "correct_slot":
        this.correct(socket, role, message.key, message.value);
        break;
      case "clear_slot": {
        const emptied = this.case.append(role, { kind: "slot_cleared", key: message.key });
        this.tell({ type: "event", ...emptied });
        const decided = { what: "cleared" as const, actor: role, at: emptied.at };
        const nothing = { value: null, display_da: "", display_uk: "" };
        this.case.put(message.key, { ...nothing, status: "cleared", decided });
        this.tellForm();
        break;
      }
      case "type_text":
        if (message.id !== undefined) {
          socket.send(JSON.stringify({ type: "text_taken", id: message.id } satisfies ServerMessage));
        }
        for (const one of this.case.type(role, message.text, message.id)) this.tell({ type: "event", ...one });
        break;
      case "read_again":
        this.speak(socket, 900);
        break;
      case "speak_again":
        this.speak(socket, message.utterance);
        break;
      default:
        break;
    }
  }

  private welcome(socket: WebSocket, ticket: string, after: number): void {
    const role = this.tickets.get(ticket);
    const code = this.refuse ?? (role === undefined ? "bad_ticket" : null);
    const send = (message: ServerMessage): void => socket.send(JSON.stringify(message));
    if (code !== null || role === undefined) {
      send({ type: "error", code: code ?? "bad_ticket", message: "told to", fatal: true });
      socket.close(CLOSE[code ?? "bad_ticket"] ?? 4000);
      return;
    }
    this.tickets.delete(ticket);
    this.sockets.set(socket, role);
    this.greeted += 1;
    send({
      type: "welcome",
      protocol: SUBPROTOCOL,
      case: this.case.id,
      role,
      lang: role === "staff" ? "da" : "uk",
      seq: this.case.log.length,
      resume_ticket: this.ticket(role),
      authority: "Aarhus Kommune",
      ...(this.signedInForS !== null && { signed_in_for_s: this.signedInForS }),
    });
    for (const event of this.case.log.slice(after)) send({ type: "event", ...event });
    send({ type: "form", ...this.case.form });
    if (this.stage !== null) send(this.stage);
    const joined = { kind: "participant_joined", role } as const;
    const payload = this.paired.delete(ticket) ? { ...joined, paired: true } : joined;
    this.tell({ type: "event", ...this.case.append(role, payload) });
    this.tellPresence();
  }

  private correct(socket: WebSocket, role: SocketRole, key: string, value: unknown): void {
    if (value === "nonsense") {
      const message: ServerMessage = {
        type: "error",
        code: "bad_slot",
        message: "told to",
        fatal: false,
      };
      socket.send(JSON.stringify(message));
      return;
    }
    const event = this.case.append(role, { kind: "slot_corrected", key, value });
    this.tell({ type: "event", ...event });
    const display = String(value);
    const alternatives = this.case.otherwise(key, value);
    this.case.put(key, {
      value,
      display_da: display,
      display_uk: display,
      status: "corrected",
      confidence: 1,
      alternatives,
      decided: { what: "corrected", actor: role, at: event.at },
    });
    this.case.refresh();
    this.tellForm();
  }

  /** A second of a quiet tone in two pieces. */
  private speak(socket: WebSocket, utterance: number): void {
    if (this.forgotSound) {
      const error = { type: "error", code: "bad_message", message: "gone", fatal: false } as const;
      socket.send(JSON.stringify(error satisfies ServerMessage));
      return;
    }
    const rate = 22_050;
    const pcm = new Int16Array(rate / 2).map((_, i) => 3_000 * Math.sin(i / 8));
    for (const piece of [0, 1]) {
      const last = piece === 1;
      const header = { utterance, lang: "uk" as const, sample_rate: rate, piece, last };
      socket.send(JSON.stringify({ type: "speech", ...header } satisfies ServerMessage));
      socket.send(Buffer.from(pcm.buffer));
    }
  }

  private tellPresence(): void {
    const roles = [...this.sockets.values()];
    this.tell({
      type: "presence",
      staff: roles.filter((role) => role === "staff").length,
      citizen: roles.filter((role) => role === "citizen").length,
    });
  }
}

function queueLine(review: ReviewView): QueueLine {
  return {
    case: review.case,
    state: review.stage.state,
    since: "2026-11-24T09:00:00Z",
    age_s: 4_260,
    settled: 12,
    total: 12,
    sent_by: "anne",
    may_approve: review.may_approve,
    move_type: "domestic_within_municipality",
    move_date: "2026-11-17",
    report_by: "2026-11-22",
    deadline: "passed",
    returned: review.history.filter((line) => line.kind === "returned").length,
    warnings: 1,
  };
}
