import { expect, test } from "vitest";
import { councilSchema } from "../../src/council/schema.ts";
import { councilModel } from "../support/council.ts";
import { answer, attachment, png } from "../support/events.ts";
import { testBot } from "../support/test-core.ts";

test("what came with the question is read once, for models that see pictures and those that don't", async () => {
  const names = ["a/one", "b/two", "c/three"];
  const script = { answer: answer("Seoul."), summary: answer("All agree.") };
  const models = names.map((name) => councilModel(name, ["Seoul"], script));
  const { command, chat } = await testBot({
    streams: Object.fromEntries(models.map(({ stream }, index) => [names[index] ?? "", stream])),
    settings: { council: councilSchema.parse({ members: names, chair: "a/one" }) },
    seesImages: ["b/two"],
    pictureText: () => "SEOUL",
  });
  await command("council", "Which city?", {
    attachments: [attachment("a.png", png, "image/png"), attachment("a.txt", Buffer.alloc(0))],
  });
  const [transcript, verdict, ...more] = chat.posts.map((post) => post.answer);
  expect(more).toEqual([]);
  expect(transcript?.text).toBe("I read in the picture:\n> SEOUL");
  expect(verdict?.text).toContain("All agree.");
  expect(verdict?.notices).toEqual([
    "I left out a.txt: it is empty.",
    "a/one and c/three can't see pictures, so they get the text I read in them.",
  ]);
  for (const { requests } of models) {
    const asked = requests[0]?.messages.at(-1)?.parts;
    expect(asked?.map(({ type }) => type)).toEqual(["image", "text"]);
    expect(asked?.at(-1)).toMatchObject({ text: expect.stringContaining("SEOUL") as string });
  }
});
