import { connect, createServer, type Socket } from "node:net";

/** Stands before a Postgres and counts how often something is asked of it once it has answered what was asked before. */
export async function startRoundTrips(url: string) {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let count = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
    sockets.push(client, upstream);
    let isAnswered = true;
    client.on("data", (bytes) => {
      if (isAnswered) count++;
      isAnswered = false;
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      isAnswered = true;
      client.write(bytes);
    });
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
    client.on("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    url: through.href,
    /** How many `act` takes, when nothing else is asked meanwhile. */
    async of<Result>(act: () => Promise<Result>): Promise<{ count: number; result: Result }> {
      const before = count;
      const result = await act();
      return { count: count - before, result };
    },
    close(): void {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
