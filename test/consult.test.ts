import { expect, it } from "vitest";
import { consult } from "../src/consult.ts";
import { conversationKey } from "../src/conversation/scope.ts";
import { answer } from "./support/events.ts";
import { testBot, testPersona } from "./support/test-core.ts";

const message = {
  id: "e1",
  type: "message",
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
  text: "",
  attachments: [],
} as const;

it("what is asked beside an answer is accounted for, and nothing else of it is kept", async () => {
  const { core, model } = await testBot({ scripts: [answer("A summary.")] });
  const persona = testPersona("assistant");
  const heard: string[] = [];
  const said = await consult(core, {
    id: "job1c0",
    attempt: "one",
    message,
    persona,
    conversation: conversationKey(message),
    model: await core.models.choose("smart"),
    request: { instructions: "Sum up.", messages: [], stableMessages: 0, tools: [] },
    signal: new AbortController().signal,
    onText: (text) => heard.push(text),
  });
  expect(said).toMatchObject({ text: "A summary.", outcome: "done", model: "scripted/model" });
  expect(heard.join("")).toBe("A summary.");
  expect(model.requests.at(-1)?.instructions).toBe("Sum up.");
  expect(await core.store.people.count("fake:kim")).toMatchObject({ questions: 0, accounts: 1 });
});
