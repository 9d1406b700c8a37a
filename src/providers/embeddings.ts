import type { Config } from "../config.ts";
import { providerOf } from "../config/providers.ts";
import type { Embeddings } from "../embedding/embeddings.ts";
import { UserError } from "../errors.ts";

/** The configured model that embeds, if there is one: made, and its SDK loaded, with the first text. */
export function openEmbeddings({
  embeddings: name,
  providers,
}: Pick<Config, "embeddings" | "providers">): Embeddings | undefined {
  if (name === undefined) return undefined;
  const id = providerOf(name);
  let opened: Promise<Embeddings> | undefined;
  const open = async (): Promise<Embeddings> => {
    const { createEmbeddings } = await import("./create.ts");
    const entry = providers[id];
    if (!entry) throw new UserError(`embeddings: there is no provider "${id}".`);
    return createEmbeddings(id, entry, name.slice(id.length + 1));
  };
  return {
    model: name,
    async embed(texts, signal) {
      opened ??= open();
      return (await opened).embed(texts, signal);
    },
  };
}
