// The product's own server, on a free port, with a data folder of its own.

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");
/** Loading the models takes a while on a busy machine. */
const START_MS = 240_000;

/** The accounts' password. */
export const PASSWORD = "korrekt hest batteri";

/** How a server is started. */
export interface ServerOptions {
  /** Who may sign in, with their role; without it the server has no accounts. */
  accounts?: Record<string, "staff" | "supervisor">;
  /** Further lines at the top of the settings. */
  settings?: string[];
}

/** A running server. */
export interface RealServer {
  url: string;
  /** Its data folder. */
  data: string;
  /** Runs another command of the binary; what it printed. */
  command(args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the binary and waits until it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<RealServer> {
  const binary = process.env.TOLKEBOT_BIN ?? path.join(ROOT, "target/debug/tolkebot");
  if (!existsSync(binary)) {
    throw new Error(
      `the server's binary ${binary} is not there: build it with \`cargo build -p tolkebot\`, ` +
        "or name it in TOLKEBOT_BIN",
    );
  }
  const folder = await mkdtemp(path.join(tmpdir(), "tolkebot-e2e-"));
  const port = await freePort();
  const config = path.join(folder, "config.toml");
  const data = path.join(folder, "data");
  const { accounts = {}, settings = [] } = options;
  await writeFile(
    config,
    [
      `listen = "127.0.0.1:${port}"`,
      `data_dir = ${JSON.stringify(data)}`,
      `web_dir = ${JSON.stringify(path.join(ROOT, "web-client/dist"))}`,
      ...settings,
      "[access]",
      `accounts = ${options.accounts !== undefined}`,
    ].join("\n"),
  );
  for (const [name, role] of Object.entries(accounts)) {
    await run(binary, ["accounts", "add", name, "--role", role, "--config", config], PASSWORD);
  }
  let said = "";
  const server = spawn(binary, ["serve", "--config", config], {
    cwd: ROOT,
    env: ownEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
  }
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(url, server);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}; the server said:\n${said}`, { cause: error });
  }
  return { url, data, command: (args) => run(binary, args), stop };
}

/** Settings of the person's own shell must not reach the test's server. */
function ownEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith("TOLKEBOT_") || name === "TOLKEBOT_MODELS_DIR",
    ),
  );
}

/** Runs a command to its end, with a line on its standard input; what it printed. */
function run(binary: string, args: string[], line = ""): Promise<string> {
  return new Promise((done, fail) => {
    const options = { cwd: ROOT, env: ownEnvironment() };
    const child = execFile(binary, args, options, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(new Error(`${args.join(" ")}: ${stderr}${stdout}`, { cause: error }));
    });
    // A command that reads nothing may have ended already.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(`${line}\n`);
  });
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`the server was not ready within ${START_MS / 1000} s`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 20_000);
  await ended;
  clearTimeout(patience);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
