import { createHmac, randomUUID } from "node:crypto";
import type { WebSocket } from "ws";

/** What an app hears, as an envelope of Socket Mode names it. */
export type EnvelopeType = "events_api" | "slash_commands" | "interactive";

/** How Slack brings events to an app: over its open socket, or to its web address. */
export interface EventDelivery {
  connect(socket: WebSocket): void;
  /** Settles when the app has acknowledged it, or Slack has given up waiting. */
  send(type: EnvelopeType, payload: object): Promise<void>;
  cut(): void;
  readonly connections: number;
  /** How many there were in all. */
  readonly opened: number;
  /** Asks the app to connect anew. */
  refresh(): void;
  stop(): void;
}

/** How events are brought. */
export interface DeliveryOptions {
  readonly complain: (what: string) => void;
  /** In milliseconds; afterwards an event counts as not delivered. */
  readonly acknowledgeWithinMs: () => number;
}

/** How often Slack brings again what was not acknowledged: at once, after one minute and after five; here, at once. */
const mostRetries = 3;

type Ending = "acknowledged" | "late" | "lost";

export function createSocketDelivery({ complain, acknowledgeWithinMs }: DeliveryOptions): EventDelivery {
  const sockets = new Set<WebSocket>();
  let opened = 0;
  const waiting = new Map<string, { readonly socket: WebSocket; readonly end: (how: Ending) => void }>();
  /** Events that found no open connection; Slack brings them again. */
  const missed: { type: EnvelopeType; payload: object; attempt: number }[] = [];

  /** `silent`: who did not acknowledge it; another connection is asked before that one. */
  async function send(type: EnvelopeType, payload: object, attempt = 0, silent?: WebSocket): Promise<void> {
    const open = [...sockets].filter(({ readyState }) => readyState === 1);
    const socket = open.find((each) => each !== silent) ?? open[0];
    if (!socket) {
      missed.push({ type, payload, attempt: attempt + 1 });
      return;
    }
    const id = randomUUID();
    const { promise, resolve: end } = Promise.withResolvers<Ending>();
    const late = setTimeout(() => {
      complain(`an event was not acknowledged within ${acknowledgeWithinMs()} ms`);
      end("late");
    }, acknowledgeWithinMs());
    waiting.set(id, { socket, end });
    const retry = attempt > 0 ? { retry_attempt: attempt, retry_reason: "timeout" } : {};
    socket.send(
      JSON.stringify({
        envelope_id: id,
        type,
        payload,
        accepts_response_payload: type !== "events_api",
        ...retry,
      }),
    );
    const how = await promise;
    clearTimeout(late);
    waiting.delete(id);
    const isRetried = how === "late" && type === "events_api" && attempt < mostRetries;
    // What went with its connection goes over another one at once, where the app has one.
    if (how === "lost" || isRetried) await send(type, payload, attempt + 1, socket);
  }

  return {
    connect(socket) {
      sockets.add(socket);
      opened++;
      socket.on("close", () => {
        sockets.delete(socket);
        for (const event of waiting.values()) if (event.socket === socket) event.end("lost");
      });
      socket.on("message", (data: Buffer) => {
        const { envelope_id: id } = JSON.parse(data.toString()) as { envelope_id?: string };
        const event = id === undefined ? undefined : waiting.get(id);
        if (event) event.end("acknowledged");
        else complain("an acknowledgement of nothing");
      });
      socket.send(JSON.stringify({ type: "hello", num_connections: sockets.size }));
      for (const { type, payload, attempt } of missed.splice(0)) void send(type, payload, attempt);
    },
    send,
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    get connections() {
      return sockets.size;
    },
    get opened() {
      return opened;
    },
    refresh() {
      for (const socket of sockets)
        socket.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
    },
    stop() {
      for (const event of waiting.values()) event.end("acknowledged");
      for (const socket of sockets) socket.terminate();
    },
  };
}

export function createHttpDelivery(
  address: string,
  { secret, complain, acknowledgeWithinMs }: DeliveryOptions & { readonly secret: string },
): EventDelivery {
  async function send(type: EnvelopeType, payload: object, attempt = 0): Promise<void> {
    const [body, contentType] =
      type === "events_api"
        ? [JSON.stringify(payload), "application/json"]
        : [formOf(type, payload), "application/x-www-form-urlencoded"];
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
    const headers = {
      "content-type": contentType,
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${signature}`,
      ...(attempt > 0 && { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": "http_error" }),
    };
    try {
      const signal = AbortSignal.timeout(acknowledgeWithinMs());
      const { status } = await fetch(address, { method: "POST", headers, body, signal });
      if (status === 200) return;
      complain(`an event was answered with ${status}`);
    } catch {
      complain(`an event was not acknowledged within ${acknowledgeWithinMs()} ms`);
    }
    if (type === "events_api" && attempt < mostRetries) await send(type, payload, attempt + 1);
  }

  return {
    connect() {},
    send,
    cut() {},
    connections: 1,
    opened: 1,
    refresh() {},
    stop() {},
  };
}

function formOf(type: EnvelopeType, payload: object): string {
  const fields =
    type === "interactive" ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return new URLSearchParams(fields).toString();
}
