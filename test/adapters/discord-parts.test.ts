import { ApplicationCommandType } from "discord-api-types/v10";
import { describe, expect, test } from "vitest";
import { readable } from "../../adapters/discord/mentions.ts";
import { describeCommands, discordInvite } from "../../adapters/discord/register.ts";

describe("Discord's marks become readable", () => {
  const names: Readonly<Record<string, string>> = {
    user1: "Mina",
    user7: "",
    role2: "teachers",
    role9: "",
    channel3: "general",
  };

  test.each([
    ["<@1> and <@!1>, <@5>", "@Mina and @Mina, @someone"],
    ["<@&2> in <#3> or <#4>", "@teachers in #general or #channel"],
    ["<:wave:12> <a:dance:13>", ":wave: :dance:"],
    ["type </persona:14>", "type /persona"],
    ["at <t:0:R> or <t:99999999999999>", "at 1970-01-01T00:00:00.000Z or <t:99999999999999>"],
    ["<@7> hello", "hello"],
    ["<@&9> hello <@!7>", "hello "],
    ["a < b > c, <@>", "a < b > c, <@>"],
  ])("%s", (content, expected) => {
    expect(readable(content, (kind, id) => names[`${kind}${id}`])).toBe(expected);
  });
});

describe("what the bot registers", () => {
  test("fits Discord's limits however it is named", () => {
    const commands = describeCommands(
      {
        commands: [
          { name: "ask", usage: "text", summary: "another ask" },
          { name: "new", usage: "", summary: "x".repeat(150) },
        ],
        shortcuts: Array.from({ length: 20 }, (_, index) => ({
          persona: `p${index}`,
          label: `${index} ${"y".repeat(40)}`,
        })),
      },
      [],
    );
    expect(commands.filter(({ name }) => name === "ask")).toHaveLength(1);
    expect(commands.find(({ name }) => name === "new")).toMatchObject({ options: [] });
    expect(commands.filter(({ type }) => type === ApplicationCommandType.Message)).toHaveLength(15);
    for (const { name, description } of commands) {
      expect(name.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(100);
    }
  });

  test("the invite asks for little: reading, writing, threads and files", () => {
    const invite = new URL(discordInvite("42", { webhooks: false }));
    expect(invite.searchParams.get("client_id")).toBe("42");
    expect(invite.searchParams.get("scope")).toBe("bot applications.commands");
    const bits = BigInt(invite.searchParams.get("permissions") ?? 0);
    const administrator = 8n;
    expect(bits & administrator).toBe(0n);
    expect(bits).toBe((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 35n) | (1n << 38n));
    const withNames = new URL(discordInvite("42", { webhooks: true })).searchParams.get("permissions");
    expect(BigInt(withNames ?? 0)).toBe(bits | (1n << 29n));
  });
});
