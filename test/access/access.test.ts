import { describe, expect, it, onTestFinished } from "vitest";
import type { z } from "zod";
import { createAccess } from "../../src/access/access.ts";
import { accessSchema } from "../../src/access/schema.ts";
import type { Author, Inbound, InboundMessage } from "../../src/chat.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "../support/folder.ts";

type Settings = z.input<typeof accessSchema>;

async function openAccess(settings: Settings = {}) {
  const store = await openStore({ dataFolder: makeFolder() });
  onTestFinished(() => store.close());
  const clock = { now: Date.UTC(2026, 10, 25, 12) };
  const access = createAccess({
    settings: accessSchema.parse(settings),
    grants: store.grants,
    now: () => clock.now,
  });
  /** What a message comes to: `welcome`, `silence` or what is said. */
  const ask = async (inbound: Inbound, trusted?: true): Promise<string> => {
    const turned = await access.admit(inbound, trusted ? { serversAreTrusted: true } : {});
    return turned ? (turned.say ?? "silence") : "welcome";
  };
  return { access, ask, clock };
}

const kim: Author = { id: "fake:kim", name: "Kim" };
const lee: Author = { id: "fake:lee", name: "Lee", roles: ["fake:teachers"] };

let events = 0;

function message(changes: Partial<InboundMessage> = {}): InboundMessage {
  return {
    type: "message",
    id: `event-${events++}`,
    thread: "fake:room:thread",
    place: "thread",
    channelName: "#korean",
    server: "fake:club",
    author: kim,
    text: "Hi",
    attachments: [],
    ...changes,
  };
}
const direct = (changes: Partial<InboundMessage> = {}): InboundMessage => {
  const { server: _, ...rest } = message({ thread: "fake:dm", place: "dm", channelName: "Kim", ...changes });
  return rest;
};

function codeIn(said: string): string {
  return /code ([2-9A-Z]{3}-[2-9A-Z]{3})\./u.exec(said)?.[1] ?? "no code";
}

describe("without settings", () => {
  it("everybody may write directly", async () => {
    const { ask } = await openAccess();
    expect(await ask(direct())).toBe("welcome");
  });

  it("a server is told once a day, to whoever writes, that it must be allowed, and how", async () => {
    const { ask, clock } = await openAccess();
    const said = await ask(message());
    const code = codeIn(said);
    expect(said).toBe(
      `Whoever runs me must allow this server first: code ${code}. ` +
        `They can send me \`/allow ${code}\` or run \`parlance access allow ${code}\`.`,
    );
    expect(await ask(message())).toBe("silence");
    expect(await ask(message({ author: lee, thread: "fake:other", place: "channel" }))).toBe("silence");
    clock.now += 86_400_000;
    const again = await ask(message({ author: lee }));
    expect(again).toContain("must allow this server first");
    expect(codeIn(again)).not.toBe(code);
  });

  it("the code lets the whole server in, however it is typed, and no other", async () => {
    const { access, ask } = await openAccess();
    const code = codeIn(await ask(message()));
    await ask(message({ server: "fake:other-club" }));
    expect(await access.allow(` ${code.replace("-", "").toLowerCase()} `, "fake:boss")).toMatchObject({
      place: "fake:club",
    });
    expect(await ask(message())).toBe("welcome");
    expect(await ask(message({ author: lee, thread: "fake:elsewhere", place: "channel" }))).toBe("welcome");
    expect(await ask(message({ server: "fake:other-club" }))).toBe("silence");
    await access.revoke("fake:club");
    expect(await ask(message())).not.toBe("welcome");
  });

  it("a group without a server is allowed by itself, its topics with it", async () => {
    const { access, ask } = await openAccess();
    const inGroup = (topic: string): InboundMessage => {
      const { server: _, ...rest } = message({ thread: `fake:group${topic}` });
      return rest;
    };
    const said = await ask(inGroup(":7"));
    expect(said).toContain("must allow this group first");
    expect(await access.allow(codeIn(said), "fake:boss")).toMatchObject({ place: "fake:group" });
    expect(await ask(inGroup(":8"))).toBe("welcome");
    expect(await ask(inGroup(""))).toBe("welcome");
  });

  it("where setting the bot up allowed its servers already, nobody is asked", async () => {
    const { ask } = await openAccess();
    expect(await ask(message(), true)).toBe("welcome");
  });

  it("the same event is told the same again, for its post may have been lost", async () => {
    const { ask } = await openAccess();
    const event = message();
    expect(await ask(event)).toBe(await ask(event));
  });

  it("who did not speak to the bot is not spoken to", async () => {
    const { ask } = await openAccess();
    const { text: _, attachments: __, ...base } = message();
    expect(await ask(message({ address: "follow-up" }))).toBe("silence");
    expect(await ask({ ...base, type: "edited", messageId: "1", message: message() })).toBe("silence");
    expect(await ask({ ...base, type: "deleted", messageId: "1" })).toBe("silence");
    expect(await ask({ ...base, type: "press", token: "stop", messageId: "1" })).toContain("code");
  });

  it("an open bot answers in any server", async () => {
    const { ask } = await openAccess({ servers: "open" });
    expect(await ask(message())).toBe("welcome");
  });
});

describe("direct messages", () => {
  it("by pairing: each unknown person is told a code once a day", async () => {
    const { access, ask } = await openAccess({ directMessages: "pairing" });
    const said = await ask(direct());
    expect(said).toContain("I don't know you yet.");
    expect(await ask(direct())).toBe("silence");
    expect(codeIn(await ask(direct({ author: lee })))).not.toBe(codeIn(said));
    await access.allow(codeIn(said), "fake:boss");
    expect(await ask(direct())).toBe("welcome");
    expect(await ask(direct({ author: lee }))).toBe("silence");
  });

  it("pairing one person lets in no server they are in", async () => {
    const { access, ask } = await openAccess({ directMessages: "pairing" });
    await access.allow(codeIn(await ask(direct())), "fake:boss");
    expect(await ask(message())).toContain("must allow this server first");
  });

  it("that are off are refused in one sentence, but not to owners", async () => {
    const { ask } = await openAccess({ directMessages: "off", owners: ["fake:lee"] });
    expect(await ask(direct())).toBe("I don't answer direct messages. Please ask me in a channel.");
    expect(await ask(direct())).toBe("silence");
    expect(await ask(direct({ author: lee }))).toBe("welcome");
  });
});

describe("lists", () => {
  it.each([["fake:lee"], ["fake:teachers"], ["fake:room"], ["fake:club"]])(
    "allowing %s lets it in, and nobody else anywhere",
    async (allowed) => {
      const { ask } = await openAccess({ allow: [allowed], servers: "open" });
      expect(await ask(message({ author: lee }))).toBe("welcome");
      const stranger = message({ thread: "fake:elsewhere", server: "fake:other-club" });
      expect(await ask(stranger)).toBe(
        "I am not open to everyone. Whoever runs me can add you to those who may use me: fake:kim.",
      );
      expect(await ask(message({ thread: "fake:elsewhere", server: "fake:other-club" }))).toBe("silence");
      expect(await ask(direct())).toBe("silence");
    },
  );

  it.each([["fake:lee"], ["fake:teachers"], ["fake:room"], ["fake:club"]])(
    "blocking %s wins over everything that allows it, in silence",
    async (blocked) => {
      const { ask } = await openAccess({
        allow: ["fake:lee", "fake:teachers", "fake:room", "fake:club"],
        block: [blocked],
      });
      expect(await ask(message({ author: lee }))).toBe("silence");
    },
  );

  it("a list lets in who was paired beside it", async () => {
    const { access, ask } = await openAccess({ allow: ["fake:lee"], directMessages: "pairing" });
    await access.allow(codeIn(await ask(direct())), "fake:boss");
    expect(await ask(direct())).toBe("welcome");
    expect(await ask(direct({ author: lee }))).toBe("welcome");
  });

  it("owners and admins always may, wherever they are", async () => {
    const { ask } = await openAccess({
      owners: ["fake:kim"],
      admins: ["fake:teachers"],
      allow: ["fake:nobody"],
      block: ["fake:club"],
    });
    expect(await ask(message())).toBe("welcome");
    expect(await ask(message({ author: lee }))).toBe("welcome");
    expect(await ask(message({ author: { id: "fake:pat", name: "Pat" } }))).toBe("silence");
  });
});

describe("ownership", () => {
  it("comes by a code that is good once and for an hour, from wherever it is sent", async () => {
    const { access, ask, clock } = await openAccess({ directMessages: "off" });
    const code = await access.offerOwnership();
    expect(code).toMatch(/^(?:[2-9A-Z]{3}-){3}[2-9A-Z]{3}$/u);
    const { text: _, attachments: __, ...base } = direct();
    expect(await ask({ ...base, type: "command", name: "own", argument: code })).toBe("welcome");
    expect(await access.hasOwner()).toBe(false);
    expect(await access.claimOwnership(code.toLowerCase(), kim)).toBe("owner");
    expect(await access.hasOwner()).toBe(true);
    expect(await access.isAdmin(kim)).toBe(true);
    expect(await ask(direct())).toBe("welcome");
    expect(await access.claimOwnership(code, lee)).toBe("unknown");
    const late = await access.offerOwnership();
    clock.now += 3_600_000;
    expect(await access.claimOwnership(late, lee)).toBe("unknown");
    expect(await access.isAdmin(lee)).toBe(false);
  });

  it("is not offered to whoever is blocked", async () => {
    const { ask } = await openAccess({ block: ["fake:kim"] });
    const { text: _, attachments: __, ...base } = direct();
    expect(await ask({ ...base, type: "command", name: "own", argument: "X" })).toBe("silence");
  });
});

describe("what holds for everyone in a place", () => {
  const manages = (answer: boolean) => ({ manages: async () => answer });

  it("is changed by who manages the place on its platform, and nobody else", async () => {
    const { access } = await openAccess();
    expect(await access.mayAdminister(message(), manages(true))).toBe(true);
    expect(await access.mayAdminister(message(), manages(false))).toBe(false);
  });

  it("is changed by owners and admins also where their platform gives them no right", async () => {
    const { access } = await openAccess({ owners: ["fake:kim"], admins: ["fake:teachers"] });
    expect(await access.mayAdminister(message(), manages(false))).toBe(true);
    expect(await access.mayAdminister(message({ author: lee }), {})).toBe(true);
  });

  it("stays as it is where a platform can't tell who manages it", async () => {
    const { access } = await openAccess();
    expect(await access.mayAdminister(message(), {})).toBe(false);
  });

  it("is in a direct message the person's own", async () => {
    const { access } = await openAccess();
    expect(await access.mayAdminister(direct(), {})).toBe(true);
  });
});

it("names in settings need their platform", () => {
  for (const id of ["kim", "fake:", "fake:a b", "fake:a:b", "Fake:a"])
    expect(accessSchema.safeParse({ owners: [id] }).success, id).toBe(false);
  expect(accessSchema.safeParse({ allow: ["telegram:-1001", "slack:U0A1"] }).success).toBe(true);
});
