import type { Message, Update } from "@grammyjs/types";
import { describe, expect, it } from "vitest";
import { decodeUpdate, type Reader } from "../../adapters/telegram/decode.ts";
import { commandsOf } from "../../adapters/telegram/commands.ts";

const kim = { id: 11, is_bot: false, first_name: "Kim", last_name: "Ara" };
const bot: Reader["bot"] = {
  commands: [{ name: "new", usage: "", summary: "start afresh" }],
  shortcuts: [{ persona: "subtitle-helper", label: "Explain subtitle" }],
};
const reader: Reader = { me: { id: 99, username: "Parlance_bot" }, bot };

const dm = { id: 11, type: "private", first_name: "Kim" } as const;
const group = { id: -5, type: "supergroup", title: "Korean" } as const;
const frame = { message_id: 7, date: 1, chat: dm, from: kim };

type Told = NonNullable<Update["message"]>;
const decode = (message: Partial<Message>) =>
  decodeUpdate({ update_id: 3, message: { ...frame, ...message } as Told }, reader);

describe("what a person said on Telegram", () => {
  it("has the event's, the place's and the person's identity", () => {
    expect(decode({ text: "hi" })).toEqual({
      type: "message",
      at: 1000,
      id: "telegram:99:3",
      thread: "telegram:11",
      place: "dm",
      channelName: "Kim Ara",
      author: { id: "telegram:11", name: "Kim Ara" },
      messageId: "7",
      text: "hi",
      attachments: [],
    });
  });

  it("loses the bot's mention wherever it stands, keeps the others', and shows what links hide", () => {
    const text = "@parlance_bot: ask @lee_min about this, @parlance_bot";
    const mention = (offset: number, length: number) => ({ type: "mention" as const, offset, length });
    const entities = [
      mention(0, 13),
      mention(19, 8),
      { type: "text_link" as const, offset: 34, length: 4, url: "https://a.b" },
      mention(40, 13),
    ];
    expect(decode({ chat: group, text, entities })).toMatchObject({
      text: "ask @lee_min about this (https://a.b),",
    });
  });

  it("is nothing when it comes from a bot, a channel's echo or the service", () => {
    expect(decode({ text: "hi", from: { ...kim, is_bot: true } })).toBeUndefined();
    expect(decode({ text: "news", is_automatic_forward: true })).toBeUndefined();
    expect(decode({ new_chat_title: "other" })).toBeUndefined();
    const entities = [{ type: "bot_command" as const, offset: 0, length: 14 }];
    expect(decode({ chat: group, text: "/new@other_bot", entities })).toBeUndefined();
    expect(
      decode({
        chat: group,
        text: "/roll the dice",
        entities: [{ type: "bot_command", offset: 0, length: 5 }],
      }),
    ).toBeUndefined();
  });

  it("counts as written by the group when an administrator hides behind it", () => {
    const anonymous = { id: 1087968824, is_bot: true, first_name: "Group" };
    const entities = [{ type: "bot_command" as const, offset: 0, length: 4 }];
    expect(
      decode({ chat: group, from: anonymous, sender_chat: group, text: "/new", entities }),
    ).toMatchObject({
      type: "command",
      name: "new",
      author: { id: "telegram:as-5", name: "Korean", isChat: true },
    });
  });

  it("is another's where it was forwarded, be it a command, and their own where they forward themselves", () => {
    const entities = [{ type: "bot_command" as const, offset: 0, length: 4 }];
    const sender_user = { id: 12, is_bot: false, first_name: "Mina" };
    const origin = { type: "user", sender_user, date: 1 } as const;
    const forwarded = decode({ text: "/new", entities, forward_origin: origin });
    expect(forwarded).toMatchObject({
      type: "message",
      text: "",
      quoted: { author: "Mina", text: "/new", isForwarded: true },
    });
    const own = { ...origin, sender_user: kim };
    const said = decode({ text: "note to myself", forward_origin: own });
    expect(said).toMatchObject({ type: "message", text: "note to myself" });
    expect(said).not.toHaveProperty("quoted");
  });

  it("can be a persona's command, with dashes as Telegram allows none", () => {
    const entities = [{ type: "bot_command" as const, offset: 0, length: 16 }];
    const reply_to_message = {
      ...frame,
      text: "물",
      reply_to_message: undefined,
    } as Told["reply_to_message"] & object;
    expect(decode({ text: "/subtitle_helper slowly", entities, reply_to_message })).toMatchObject({
      persona: "subtitle-helper",
      text: "slowly",
      quoted: { author: "Kim Ara", text: "물" },
    });
    expect(commandsOf(bot).map(({ command }) => command)).toEqual(["ask", "new", "subtitle_helper"]);
  });

  it("takes what was marked of a quoted message, also from another chat", () => {
    const quote = { text: "only this", position: 3, is_manual: true } as const;
    const origin = { type: "hidden_user", sender_user_name: "Park", date: 1 } as const;
    const photo = [{ file_id: "p", file_unique_id: "u", width: 1, height: 1 }];
    expect(decode({ text: "why?", quote, external_reply: { origin, photo } })).toMatchObject({
      quoted: { author: "Park", text: "only this", attachments: [{ name: "photo.jpg" }] },
    });
  });

  it("reads places, contacts and polls as words, and the bot's own rich messages too", () => {
    expect(decode({ location: { latitude: 1.5, longitude: 2 } })).toMatchObject({ text: "Location: 1.5, 2" });
    const cells = [
      [
        { text: "a", align: "left", valign: "top" },
        { text: ["b", { type: "bold", text: "c" }], align: "left", valign: "top" },
      ],
    ];
    const rich_message = {
      blocks: [
        { type: "paragraph", text: "See" },
        { type: "table", cells },
      ],
    };
    expect(decode({ rich_message: rich_message as NonNullable<Message["rich_message"]> })).toMatchObject({
      text: "See\na | bc",
    });
  });

  it("was changed when it was edited, not when it was written", () => {
    const edited_message = { ...frame, text: "hi!", edit_date: 7200 } as NonNullable<
      Update["edited_message"]
    >;
    expect(decodeUpdate({ update_id: 4, edited_message }, reader)).toMatchObject({
      type: "edited",
      at: 7_200_000,
      message: { at: 1000, text: "hi!" },
    });
  });

  it("does not run a command again when it is edited", () => {
    const entities = [{ type: "bot_command" as const, offset: 0, length: 4 }];
    const edited_message = { ...frame, text: "/new", entities, edit_date: 2 } as NonNullable<
      Update["edited_message"]
    >;
    expect(decodeUpdate({ update_id: 4, edited_message }, reader)).toBeUndefined();
  });

  it("shows what moves by the still picture that Telegram has of it", () => {
    const media = (file_id: string) => ({ file_id, file_unique_id: file_id, width: 9, height: 9 });
    const sticker = (isVideo: boolean) => ({
      ...media("s"),
      type: "regular" as const,
      is_animated: !isVideo,
      is_video: isVideo,
      emoji: "👍",
    });
    const thumbnail = media("t");
    const animation = { ...media("a"), duration: 2, file_name: "cat.mp4", thumbnail };
    const attached = (message: Partial<Message>): unknown => {
      const said = decode(message);
      return said?.type === "message" ? said.attachments : undefined;
    };
    const stillOf = (name: string) => [
      { name: `${name}.jpg`, mimeType: "image/jpeg", ref: "t", stillOf: name },
    ];
    expect(attached({ sticker: { ...sticker(true), thumbnail } })).toEqual(stillOf("sticker.webm"));
    expect(attached({ sticker: { ...sticker(false), thumbnail } })).toEqual(stillOf("sticker.tgs"));
    expect(attached({ animation })).toEqual(stillOf("cat.mp4"));
    expect(attached({ video: { ...media("v"), duration: 2, thumbnail } })).toEqual(stillOf("video.mp4"));
    expect(attached({ sticker: sticker(false) })).toMatchObject([{ mimeType: "application/x-tgsticker" }]);
  });
});
