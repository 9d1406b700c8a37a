import type { Server } from "node:http";
import {
  type App,
  type CustomRoute,
  HTTPReceiver,
  type ReceiverEvent,
  SocketModeReceiver,
  type webApi,
} from "@slack/bolt";
import { UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { closeServer } from "../../src/platform/listener.ts";
import { reconnect } from "../../src/platform/outage.ts";
import { clientOptions, silent, slackError } from "./call.ts";
import type { Payload } from "./listen.ts";

type Socket = { readonly type: "socket"; readonly appToken: string };
type Http = { readonly type: "http"; readonly signingSecret: string; readonly port: number };

/** How events come in. */
export type Connection = Socket | Http;

export interface LineOptions {
  readonly apiUrl: string | undefined;
  readonly log: Log;
  /** Given what it brings; Slack is told that it arrived once this settles, and brings it again when it rejects. */
  readonly take: (payload: Payload) => Promise<void>;
}

/** The way events come in. */
export interface Line {
  /** Throws UserError when Slack does not let the app in. Later it connects anew by itself. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing works without these; what else the manifest asks for may be missing. */
const neededScopes = ["chat:write", "app_mentions:read", "im:history", "users:read"];

/** The bot's own id. Throws UserError when the token is not good for what the bot must do. */
export async function identify(client: webApi.WebClient): Promise<string> {
  try {
    const { user_id: user = "", response_metadata } = await client.auth.test();
    const granted = response_metadata?.scopes;
    const missing = neededScopes.filter((scope) => granted && !granted.includes(scope));
    if (missing.length > 0)
      throw new UserError(
        `The Slack app lacks the scopes ${missing.join(", ")}. Add them under OAuth & Permissions, install the app again, and put its new token into SLACK_BOT_TOKEN.`,
      );
    return user;
  } catch (error) {
    throw explain(error, "SLACK_BOT_TOKEN");
  }
}

export const createLine = (connection: Connection, options: LineOptions): Line =>
  connection.type === "socket" ? createSocket(connection, options) : createServer(connection, options);

/** Stands in for Bolt's `App`, which acknowledges events before anybody has stored them. */
function appOf({ take, log }: LineOptions): App {
  const app: Pick<App, "processEvent"> = {
    async processEvent({ body, ack }: ReceiverEvent) {
      try {
        await take(body as Payload);
      } catch (error) {
        log.warn({ err: error }, "an event of Slack's could not be taken; Slack is to bring it again");
        throw error;
      }
      await ack();
    },
  };
  return app as App;
}

/** Nothing that Slack sends is larger, in bytes, or takes longer to come, in milliseconds: a signature stands for the whole body. */
const largestBody = 1024 * 1024;
const requestMs = 30_000;

/** For load balancers that ask whether it lives. */
const customRoutes: CustomRoute[] = [
  {
    path: "/slack/events",
    method: ["GET", "HEAD"],
    handler: (_, response) => void response.writeHead(200).end(),
  },
];

function createServer({ signingSecret, port }: Http, options: LineOptions): Line {
  const receiver = new HTTPReceiver({ signingSecret, logger: silent, bodyLimit: largestBody, customRoutes });
  receiver.init(appOf(options));
  let server: Server | undefined;
  return {
    async open() {
      try {
        server = await receiver.start(port, { requestTimeout: requestMs });
      } catch (cause) {
        throw new UserError(`Slack's events can't be received on port ${port}: is it taken?`, { cause });
      }
    },
    // The receiver's own stop waits for whoever has begun a request, also for minutes.
    close: async () => server && closeServer(server),
  };
}

function createSocket({ appToken }: Socket, options: LineOptions): Line {
  const { apiUrl, log } = options;
  // The SDK's own reconnecting waits five seconds each time, and ends the process when Slack can't be reached.
  const receiver = new SocketModeReceiver({
    appToken,
    logger: silent,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
  });
  receiver.init(appOf(options));
  const { client } = receiver;
  const stopped = new AbortController();
  const explainSocket = (error: unknown): Error => explain(error, "SLACK_APP_TOKEN");
  const lasting = { platform: "Slack", log, signal: stopped.signal, explain: explainSocket };
  async function connect(): Promise<void> {
    await client.start();
    client.once("disconnected", () => void reconnect(connect, lasting));
  }

  return {
    open: () => connect().catch((error: unknown) => Promise.reject(explainSocket(error))),
    async close() {
      stopped.abort();
      await receiver.stop();
    },
  };
}

const sources = {
  SLACK_BOT_TOKEN: "the Bot User OAuth Token (xoxb-…) under OAuth & Permissions",
  SLACK_APP_TOKEN: "an app-level token (xapp-…) with the scope connections:write under Basic Information",
};

function explain(error: unknown, variable: keyof typeof sources): Error {
  if (error instanceof UserError) return error;
  const reason = slackError(error);
  const sentence =
    reason === undefined
      ? "Slack can't be reached. Check the network, and SLACK_API_URL if it is set."
      : `Slack refuses the token in ${variable}: ${reasons[reason] ?? reason}. Copy ${sources[variable]} into it.`;
  return new UserError(sentence, { cause: error });
}

const reasons: Record<string, string> = {
  invalid_auth: "it is not one that Slack knows",
  not_authed: "it is empty",
  not_allowed_token_type: "it is of another kind",
  missing_scope: "it lacks a scope",
  token_revoked: "it was revoked; install the app again",
  account_inactive: "it was revoked; install the app again",
};
