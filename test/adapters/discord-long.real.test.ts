import { MessageFlags } from "discord-api-types/v10";
import { afterEach, describe, expect, test } from "vitest";
import type { Answer, MessageId } from "../../src/chat.ts";
import {
  adapterOf,
  answer,
  closeScenes,
  openScene as open,
  plainId,
  type Scene,
  to,
} from "../support/discord/scene.ts";

afterEach(closeScenes);

const textOf = (characters: number): string => "word ".repeat(characters / 5).trim();
const actions = [{ token: "stop", label: "Stop" }];

/** Writes versions of an answer as the core does: posts what is new, edits what is there. */
async function grow({ discord, adapter, inbound }: Scene, versions: readonly Answer[]): Promise<MessageId[]> {
  await discord.say({ text: "go" });
  const asked = await inbound("message");
  const ids: MessageId[] = [];
  for (const version of versions) {
    for (const [index, message] of adapter.render(version).entries()) {
      const id = ids[index];
      if (id === undefined) ids.push(await adapter.post(asked.thread, message, to(asked, index)));
      else await adapter.edit(asked.thread, id, message);
    }
  }
  return ids;
}

const isOfComponents = ({ discord }: Scene, id: MessageId | undefined): boolean =>
  ((discord.world.messages.get(plainId(id ?? ""))?.message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;

describe("a long answer", () => {
  test("grows from plain text to components in one message", async () => {
    const scene = await open();
    const growing = (characters: number) => answer({ state: "growing", text: textOf(characters), actions });
    const [id] = await grow(scene, [growing(1900)]);
    expect(isOfComponents(scene, id)).toBe(false);
    const other = await open();
    const ids = await grow(other, [1900, 3900].map(growing));
    expect(ids.map((each) => isOfComponents(other, each))).toEqual([true]);
    const [, ...posted] = other.discord.seen();
    expect(posted).toMatchObject([{ text: textOf(3900), buttons: ["Stop"], edits: 1 }]);
    expect(other.discord.complaints).toEqual([]);
  });

  test("of 4100 characters takes two messages, the second of which is plain", async () => {
    const scene = await open();
    const versions = [1900, 3900, 4100].map((characters) =>
      answer({ state: "growing", text: textOf(characters), actions }),
    );
    const ids = await grow(scene, [...versions, answer({ text: textOf(4100), actions })]);
    expect(ids.map((id) => isOfComponents(scene, id))).toEqual([true, false]);
    const [, ...posted] = scene.discord.seen();
    expect(posted.map(({ text }) => text).join(" ")).toBe(textOf(4100));
    expect(posted.map(({ buttons }) => buttons)).toEqual([[], ["Stop"]]);
    expect(scene.discord.complaints).toEqual([]);
  });

  test("that becomes short stays a message of components, also from another process", async () => {
    const scene = await open();
    const [id = ""] = await grow(scene, [answer({ text: textOf(3000) }), answer({ text: "Short." })]);
    expect(isOfComponents(scene, id)).toBe(true);
    expect(scene.discord.complaints).toEqual([]);
    const other = adapterOf(scene.discord);
    const [message] = other.render(answer({ text: "Shorter.", actions }));
    const { thread } = await scene.inbound("message");
    if (message) await other.edit(thread, id, message);
    expect(scene.discord.seen()[1]).toMatchObject({ text: "Shorter.", buttons: ["Stop"] });
    expect(scene.discord.complaints).toEqual([]);
  });

  test("that another process has made of components stays so, and is asked for where it is not known to be", async () => {
    const scene = await open();
    const [id = ""] = await grow(scene, [answer({ state: "growing", text: "Short." })]);
    const { thread } = await scene.inbound("message");
    const asked = (): number => scene.discord.rest.calls.filter((call) => call === `GET ${place}`).length;
    const place = `/channels/${scene.discord.world.messages.get(id)?.room.id}/messages/${id}`;
    const edit = async (by: typeof scene.adapter, text: string): Promise<void> => {
      for (const message of by.render(answer({ text }))) await by.edit(thread, id, message);
    };
    const other = adapterOf(scene.discord);
    for (const text of ["Short, too.", "Short again."]) await edit(other, text);
    expect(isOfComponents(scene, id)).toBe(false);
    expect(asked()).toBe(1);
    await edit(other, textOf(3000));
    expect(scene.discord.complaints).toEqual([]);
    // A moment ago it was this one's, and plain.
    await edit(scene.adapter, "Short after all.");
    expect(scene.discord.seen()[1]).toMatchObject({ text: "Short after all.", edits: 4 });
    expect(asked()).toBe(1);
  });

  test("has its thinking in a container under a spoiler, where it is of components", async () => {
    const scene = await open();
    const [id = ""] = await grow(scene, [answer({ text: textOf(3000), thinking: "First, *this*." })]);
    const { components } = scene.discord.world.messages.get(plainId(id))?.message ?? {};
    expect(components).toMatchObject([
      { content: textOf(3000) },
      { content: "-# Thinking" },
      { spoiler: true, components: [{ content: "First, *this*." }] },
    ]);
    expect(scene.discord.complaints).toEqual([]);
  });

  test("is read in full when it is replied to", async () => {
    const scene = await open();
    const [id = ""] = await grow(scene, [answer({ text: textOf(3000) })]);
    await scene.discord.say({ text: "and?", replyTo: plainId(id) });
    expect((await scene.inbound("message", 1)).quoted?.text).toBe(textOf(3000));
  });
});
