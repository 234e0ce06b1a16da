// A real OpenID provider for the server's tests. Prints the port that it listens on, reads one line
// {"redirect": …, "back": …} from its standard input, and then serves until that is closed.
//
// Anybody may sign in with any password; the name says which groups they are in: `anne.counter` is
// in `counter`, `lene.counter.leads` in `counter` and `leads`.

import { createServer } from "node:http";
import { createInterface } from "node:readline";

import Provider from "oidc-provider";

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { port } = server.address();
console.log(`port ${port}`);

const lines = createInterface({ input: process.stdin });
const { redirect, back } = JSON.parse((await lines[Symbol.asyncIterator]().next()).value);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "tolkebot",
      client_secret: "a secret of the tests, 32 letters long",
      redirect_uris: [redirect],
      post_logout_redirect_uris: [back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], profile: ["preferred_username", "groups"] },
  // Groups stand in the ID token, as most municipalities' providers put them there.
  conformIdTokenClaims: false,
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => {
      const [name, ...groups] = id.split(".");
      return { sub: id, preferred_username: name, groups };
    },
  }),
});
server.on("request", provider.callback());
console.log("ready");
process.stdin.resume();
lines.on("close", () => process.exit(0));
