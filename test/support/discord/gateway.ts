/** The emulated gateway: sessions that can be resumed, intents that are honoured. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import {
  GatewayCloseCodes,
  GatewayIntentBits,
  GatewayOpcodes,
  type APIMessage,
  type GatewayReceivePayload,
  type GatewaySendPayload,
} from "discord-api-types/v10";
import { WebSocketServer, type WebSocket } from "ws";
import type { World } from "./world.ts";

interface Session {
  readonly id: string;
  readonly intents: number;
  /** Everything sent so far, the sequence number being the place in the list. */
  readonly sent: string[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  readonly world: World;
  readonly token: string;
  /** Intents beyond the ordinary ones that the application was granted. */
  readonly granted: number;
  readonly applicationId: string;
  address(): string;
}

export interface Gateway {
  readonly complaints: readonly string[];
  /** Settles when a bot is connected. */
  ready(): Promise<void>;
  /** Tells the bot; `channel` events only to bots whose intents cover it. */
  dispatch(type: string, data: object): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** Asks the bot to come again, as Discord does every few hours. */
  askToReconnect(): void;
  /** Closes with one of Discord's codes. */
  close(code: GatewayCloseCodes): void;
  /** Forgets the sessions, so that a bot that comes back has to begin anew. */
  forget(): void;
  /** How many sessions there are. */
  sessions(): number;
}

const privileged =
  GatewayIntentBits.MessageContent | GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences;

export function createGateway(options: GatewayOptions): Gateway {
  const { world } = options;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const complaints: string[] = [];
  let waiting = Promise.withResolvers<void>();

  server.on("connection", (socket) => {
    let session: Session | undefined;
    const tell = (payload: unknown): void => socket.send(JSON.stringify(payload));
    tell({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: 41_250 }, s: null, t: null });
    socket.on("message", (data) => {
      const payload = JSON.parse((data as Buffer).toString()) as GatewaySendPayload;
      if (payload.op === GatewayOpcodes.Heartbeat) tell({ op: GatewayOpcodes.HeartbeatAck, d: null });
      else if (payload.op === GatewayOpcodes.Identify) session = identify(socket, payload.d);
      else if (payload.op === GatewayOpcodes.Resume) session = resume(socket, payload.d);
      else complaints.push(`unexpected gateway opcode ${payload.op}`);
    });
    socket.on("close", () => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      waiting = Promise.withResolvers();
    });
  });

  function identify(
    socket: WebSocket,
    { token, intents }: { token: string; intents: number },
  ): Session | undefined {
    if (token !== options.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
      return undefined;
    }
    if ((intents & privileged & ~options.granted) !== 0) {
      socket.close(GatewayCloseCodes.DisallowedIntents, "Disallowed intent(s).");
      return undefined;
    }
    const session: Session = { id: randomUUID(), intents, sent: [], socket };
    sessions.set(session.id, session);
    send(session, "READY", {
      v: 10,
      user: world.bot,
      guilds: [{ id: world.guildId, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: options.address(),
      application: { id: options.applicationId, flags: 0 },
      shard: [0, 1],
    });
    send(session, "GUILD_CREATE", world.guild());
    waiting.resolve();
    return session;
  }

  function resume(
    socket: WebSocket,
    { token, session_id, seq }: { token: string; session_id: string; seq: number },
  ): Session | undefined {
    const session = sessions.get(session_id);
    if (token !== options.token || !session) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return undefined;
    }
    session.socket = socket;
    for (const missed of session.sent.slice(seq)) socket.send(missed);
    send(session, "RESUMED", {});
    waiting.resolve();
    return session;
  }

  function send(session: Session, type: string, data: object): void {
    const payload = { op: GatewayOpcodes.Dispatch, t: type, s: session.sent.length + 1, d: data };
    const text = JSON.stringify(payload satisfies Record<keyof GatewayReceivePayload, unknown>);
    session.sent.push(text);
    session.socket?.send(text);
  }

  const everySocket = (act: (socket: WebSocket) => void): void => {
    for (const { socket } of sessions.values()) if (socket) act(socket);
  };

  return {
    complaints,
    ready: () => waiting.promise,
    dispatch(type, data) {
      for (const session of sessions.values()) {
        const seen = visible(data, session.intents, world);
        if (seen) send(session, type, seen);
      }
    },
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (connection) =>
        server.emit("connection", connection, request),
      ),
    cut: () => everySocket((socket) => socket.terminate()),
    askToReconnect: () =>
      everySocket((socket) => socket.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }))),
    close: (code) => everySocket((socket) => socket.close(code)),
    forget: () => sessions.clear(),
    sessions: () => sessions.size,
  };
}

/** What a bot with these intents is shown of an event. */
function visible(data: object, intents: number, world: World): object | undefined {
  if (!("channel_id" in data) || "token" in data) return data;
  const inGuild = "guild_id" in data;
  const needed = inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
  if ((intents & needed) === 0) return undefined;
  if (!inGuild || !("content" in data) || (intents & GatewayIntentBits.MessageContent) !== 0) return data;
  return conceal(data as unknown as APIMessage, world);
}

/** Without the message content intent Discord shows only messages of the bot, and those that mention it. */
function conceal(message: APIMessage, world: World): APIMessage {
  const { referenced_message: quoted } = message;
  const shown = quoted ? { ...message, referenced_message: conceal(quoted, world) } : message;
  const mine = [message.author, ...message.mentions].some(({ id }) => id === world.bot.id);
  return mine ? shown : { ...shown, content: "", attachments: [], embeds: [], components: [] };
}
