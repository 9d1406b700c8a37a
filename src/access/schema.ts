import { z } from "zod";

const id = z
  .string()
  .regex(/^[a-z]+:[^\s:]+$/u, "expected `platform:id`, with the id as the platform writes it");

const ids = (whose: string) => z.array(id).default([]).describe(whose);

/** Who may use the bot. */
export const accessSchema = z
  .strictObject({
    owners: ids(
      "People it belongs to, as `platform:user`. `parlance access owner` makes one from within a chat.",
    ),
    admins: ids(
      "People or roles, as `platform:id`, who may allow places and change what holds for everyone.",
    ),
    allow: ids(
      "People, roles, channels and servers, as `platform:id`. Empty: everybody. Owners and admins always may.",
    ),
    block: ids(
      "People, roles, channels and servers that get no answer, whatever else allows them; owners and admins get one.",
    ),
    directMessages: z
      .enum(["open", "pairing", "off"])
      .default("open")
      .describe(
        "Who may write to it directly: `open`, everybody; `pairing`, each person once an owner or admin has allowed them; `off`, nobody but owners and admins.",
      ),
    servers: z
      .enum(["approve", "open"])
      .default("approve")
      .describe(
        "Where it answers in servers and groups: `approve`, where an owner or admin has allowed it; `open`, wherever it is invited.",
      ),
  })
  .prefault({})
  .describe("Who may use it.");

export type AccessSettings = z.output<typeof accessSchema>;
