import { UserError } from "../errors.ts";
import { exportPerson } from "../privacy/export.ts";
import type { Command } from "./command.ts";

export const exportCommand: Command = {
  name: "export",
  group: "person",
  usage: "",
  summary: (words) => words.privacy.export.summary,
  isOffered: ({ place }) => place === "dm",
  isRepeatable: true,
  sendsFiles: true,
  async run({ core: { store }, adapter, inbound: { author, place }, words: { privacy } }) {
    if (place !== "dm") throw new UserError(privacy.export.notHere);
    const { files, count, ...held } = await exportPerson(store, author.id);
    const text = privacy.export.done({ ...held, files: count });
    if (adapter.upload) return { text, files };
    // Where no file can be sent, it stands in the answer.
    const inPlace: string[] = [];
    for await (const { data } of files)
      inPlace.push(`\`\`\`json\n${Buffer.from(data).toString("utf8")}\n\`\`\``);
    return [text, ...inPlace].join("\n\n");
  },
};
