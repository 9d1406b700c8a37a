import { UserError } from "../errors.ts";
import { english } from "../words/words.ts";
import type { Access } from "./access.ts";

/** How `parlance access` is called. */
export const accessUsage = "list | allow CODE | revoke PLACE | owner";

/** What the operator is answered who wrote `parlance access …`. Throws UserError for words that don't fit. */
export async function answerAccess(access: Access, args: readonly string[]): Promise<string> {
  const [verb, operand = "", ...more] = args;
  if (verb === "list" && operand === "") return describe(await access.list());
  if (verb === "owner" && operand === "") return ownership(await access.offerOwnership());
  if (verb === "allow" && operand !== "" && more.length === 0) {
    const grant = await access.allow(operand, "command line");
    if (!grant) throw new UserError(english.access.notCode(operand));
    return english.access.allowed(grant.name, grant.place);
  }
  if (verb === "revoke" && operand !== "" && more.length === 0) {
    if (await access.revoke(operand)) return `Taken back: ${operand}.`;
    throw new UserError(`Nothing was allowed to ${operand}. parlance access list shows what was.`);
  }
  throw new UserError(`Write: parlance access ${accessUsage}`);
}

function ownership(code: string): string {
  return `Send me this within an hour, in a direct message on any platform, and you own me:\n/own ${code}`;
}

function describe({ granted, pending }: Awaited<ReturnType<Access["list"]>>): string {
  const lines = [
    ...granted.map(({ place, kind, name }) => `${kind.padEnd(8)} ${place}${named(name)}`),
    ...pending.map(
      ({ place, name, code }) => `asks     ${place}${named(name)}: parlance access allow ${code}`,
    ),
  ];
  return lines.length > 0
    ? lines.join("\n")
    : "Nobody was allowed anything here, and nobody asks. parlance.yaml may say more.";
}

const named = (name: string): string => (name === "" ? "" : ` (${name})`);
