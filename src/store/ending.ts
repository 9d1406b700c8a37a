import type { Queries, Row, SqlValue, Transaction } from "./database.ts";

/** The statements that end a transaction; see `Transaction.last`. */
export function createEnding(query: Queries["query"]): {
  readonly last: Transaction["last"];
  /** Asks all of them at once; what they come to is to be waited for. */
  send(): readonly Promise<unknown>[];
} {
  const sending: (() => Promise<unknown>)[] = [];
  return {
    last<Result extends Row>(sql: string, parameters?: readonly SqlValue[]) {
      const { promise, resolve, reject } = Promise.withResolvers<readonly Result[]>();
      sending.push(() => {
        query<Result>(sql, parameters).then(resolve, reject);
        return promise;
      });
      return promise;
    },
    send: () => sending.map((send) => send()),
  };
}
