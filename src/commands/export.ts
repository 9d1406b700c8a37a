import { UserError } from "../errors.ts";
import { type Exported, exportPerson } from "../privacy/export.ts";
import type { Command } from "./command.ts";

export const exportCommand: Command = {
  name: "export",
  usage: "",
  summary: "everything I keep about you, as a file",
  isRepeatable: true,
  sendsFiles: true,
  async run({ core: { store }, adapter, inbound: { author, place } }) {
    if (place !== "dm")
      throw new UserError("Others read along here: ask me for `/export` in a direct message.");
    const exported = await exportPerson(store, author.id);
    if (!adapter.upload) return inPlace(exported);
    return { text: explanation(exported), files: exported.files };
  },
};

function explanation({ questions, facts, leftOut, files }: Exported): string {
  const much = `${questions} ${questions === 1 ? "question" : "questions"} with their answers, ${facts} ${facts === 1 ? "fact" : "facts"}, what you chose, and what your answers took`;
  const size = files.length === 1 ? "" : ` It is more than one file holds: there are ${files.length}.`;
  const pictures =
    leftOut === 0
      ? ""
      : ` Too large for it, and left out: ${leftOut} ${leftOut === 1 ? "picture" : "pictures"}.`;
  return `Everything I keep about you: ${much}.${size}${pictures}`;
}

/** Where no file can be sent, it stands in the answer. */
function inPlace(exported: Exported): string {
  const texts = exported.files.map(({ data }) => `\`\`\`json\n${Buffer.from(data).toString("utf8")}\n\`\`\``);
  return [explanation(exported), ...texts].join("\n\n");
}
