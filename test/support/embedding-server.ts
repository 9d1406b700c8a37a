import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A server of embeddings on loopback that knows a few things in several languages. */
export interface EmbeddingServer {
  /** For `baseUrl`. */
  readonly url: string;
  /** What was asked, request by request. */
  readonly asked: string[][];
  /** Answers each of the next requests with this status while it is set. */
  fails: number | undefined;
}

/** Texts that have a word of the same thing are alike, whatever their language; all are alike a little. */
const things: readonly RegExp[] = [
  /lighthouse|등대|灯台|灯塔/u,
  /amber|호박석|琥珀/u,
  /ferry|배편|フェリー|渡轮/u,
  /coffee|커피|コーヒー|咖啡/u,
  /allerg|알레르기|アレルギー|过敏/u,
];

function vectorOf(text: string): number[] {
  return [1, ...things.map((thing) => (thing.test(text.toLowerCase()) ? 2 : 0)), (text.length % 7) / 10];
}

interface Asked {
  readonly model: string;
  readonly input: readonly string[];
}

/** Starts one; it stops with the test. */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const asked: string[][] = [];
  const respond: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async (
    request,
    response,
  ) => {
    const { model, input } = (await json(request)) as Asked;
    asked.push([...input]);
    if (state.fails !== undefined) {
      response.writeHead(state.fails).end('{"error":{"message":"no"}}');
      return;
    }
    const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
    const tokens = input.length * 10;
    const usage = { prompt_tokens: tokens, total_tokens: tokens };
    // As they come from several machines: in any order.
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ object: "list", model, data: data.toReversed(), usage }));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const state: EmbeddingServer = { url, asked, fails: undefined };
  return state;
}
