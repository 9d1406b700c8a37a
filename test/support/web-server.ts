import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createFetch, type Fetch } from "../../src/web/fetch.ts";
import type { Reach } from "../../src/web/connect.ts";

/** A site of a test on this machine, which the web's own fetch reaches only by this test's allowance. */
export interface WebServer {
  /** Such as `http://127.0.0.1:40000`. */
  readonly origin: string;
  readonly port: number;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** A fetch that may reach this server, and nothing else that is not public. */
  readonly fetch: Fetch;
  readonly reach: Reach;
}

export async function webServer(listen: RequestListener, resolve?: Reach["resolve"]): Promise<WebServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    listen(request, response);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const reach: Reach = {
    allowance: { addresses: ["127.0.0.1"], ports: [port] },
    ...(resolve && { resolve }),
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    reach,
    fetch: createFetch({ userAgent: "Parlance/test", ...reach }),
  };
}
