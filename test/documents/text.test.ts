import { expect, test } from "vitest";
import { read } from "./read.ts";

const long = "It went on for a while, as such things do, and then it ended.";

test("Markdown is cut at the highest headings of which there is more than one", async () => {
  const text = `# Book\nBy me.\n## One\n${long}\n\`\`\`\n## no heading\n\`\`\`\n## Two ##\nEnd.`;
  expect(await read(Buffer.from(text), { name: "book.md" })).toMatchObject({
    unit: "chapter",
    sections: [
      { label: "opening", text: "# Book\nBy me." },
      { label: "ch. 1", title: "One", text: `${long}\n\`\`\`\n## no heading\n\`\`\`` },
      { label: "ch. 2", title: "Two", text: "End." },
    ],
  });
});

test("code stays as it is, in a fence that it can't end", async () => {
  const { kind, sections } = await read(Buffer.from("# a comment\nprint('```')"), { name: "a.py" });
  expect({ kind, sections }).toEqual({
    kind: "code",
    sections: [{ label: "", text: "````python\n# a comment\nprint('```')\n````" }],
  });
});
