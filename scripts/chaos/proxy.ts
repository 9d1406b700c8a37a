/** A wire between a bot and a platform or its database, with a hand on it: what comes from there can be kept from the bot. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Something that writes a message people see, at the beginning of a request. */
const posts =
  /^(?:POST|PATCH|PUT) \/(?:bot[^/]+\/(?:send(?:Rich)?Message|editMessageText)|api\/chat\.(?:postMessage|startStream|stopStream|update)|api\/v10\/channels\/\d+\/messages)[ ?/]/u;

export interface Wire {
  /** The platform's address as seen through the wire. */
  through(address: string): string;
  /**
   * Asks what to do whenever the platform has answered a post and the bot has not heard it: `cut` the connection, `wait`
   * for the next post, or be `off`.
   */
  aim(hit: () => "cut" | "wait" | "off"): void;
  /** While it is deaf, the bot is not told when the other side ends a connection: it finds out when it says something there. */
  deafen(isDeaf: boolean): void;
  close(): Promise<void>;
}

/** Opens a wire to a port on loopback. */
export async function openWire(port: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let aimed: Parameters<Wire["aim"]>[0] | undefined;
  let isDeaf = false;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let isPost = false;
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      const isHeard = (): boolean => one === near || !isDeaf;
      sockets.add(one);
      one.setNoDelay(true);
      one.on("error", () => isHeard() && other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        if (isHeard()) other.destroy();
      });
    }
    near.on("data", (data: Buffer) => {
      isPost ||= posts.test(data.subarray(0, 200).toString("latin1"));
      if (far.destroyed) near.resetAndDestroy();
      else far.write(data);
    });
    far.on("data", (data: Buffer) => {
      const isDone = isPost && data.subarray(0, 12).toString("latin1") === "HTTP/1.1 200";
      isPost = false;
      const what = isDone ? (aimed?.() ?? "off") : "wait";
      if (what !== "wait") aimed = undefined;
      if (what !== "cut") near.write(data);
      else {
        near.destroy();
        far.destroy();
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  return {
    through: (address) => address.replace(`:${port}`, `:${own}`),
    aim: (hit) => void (aimed = hit),
    deafen: (deaf) => void (isDeaf = deaf),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
