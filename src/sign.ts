import type { Adapter, PostOptions, ThreadId } from "./chat.ts";
import type { Delivery } from "./delivery.ts";

/** Who has an answer within this needs no sign that one is being made, in milliseconds. */
const firstSignMs = 100;

export interface SignOptions {
  readonly adapter: Pick<Adapter, "status" | "statusLastsMs">;
  readonly delivery: Pick<Delivery, "send">;
  readonly thread: ThreadId;
  readonly post: () => PostOptions;
  readonly onMissed: (error: unknown) => void;
}

/** Shows what the bot is doing, where the platform can; never fails. */
export interface Sign {
  /** Who is answered in a moment gets none: it would cost them, and the platform, as much as the answer. */
  show(status: string): void;
  /** None that still waits for its turn is shown after this. */
  end(): void;
}

export function createSign({ adapter, delivery, thread, post, onMissed }: SignOptions): Sign {
  let text = "";
  let hasEnded = false;
  let isShown = false;
  let first: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;

  const send = (): void =>
    void delivery
      .send(thread, { urgency: "status" }, async () => {
        if (!hasEnded) await adapter.status?.(thread, text, post());
      })
      .catch(onMissed);

  function begin(): void {
    isShown = true;
    clearInterval(heartbeat);
    if (adapter.statusLastsMs !== undefined) heartbeat = setInterval(send, adapter.statusLastsMs * 0.8);
    send();
  }

  return {
    show(status) {
      if (!adapter.status || hasEnded) return;
      text = status;
      if (isShown) begin();
      else first ??= setTimeout(begin, firstSignMs);
    },
    end() {
      hasEnded = true;
      clearTimeout(first);
      clearInterval(heartbeat);
    },
  };
}
