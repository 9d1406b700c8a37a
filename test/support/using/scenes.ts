import { novel } from "../book.ts";
import { citing, cooking, frame, long, offTopic, records, subtitle, usage } from "./material.ts";
import type { Scene } from "./scene.ts";

/** The page about using the bot, in its order. The models' words are ours; everything else is the bot's own. */
export const scenes: readonly Scene[] = [
  {
    title: "What it can do here",
    text: "`/help` lists what this person may do in this place, and `/help name` says more about one command.",
    person: "Hana",
    steps: [{ command: ["help"] }, { command: ["help", "again"] }],
    shows: ["/context", "/memory", "For example"],
  },
  {
    title: "Who answers",
    text: "`/persona` lists the personas and switches; a persona's name and a colon in front of a question asks it once.",
    person: "Pia",
    steps: [
      { command: ["persona", "tutor"] },
      { say: "vocab: 단어를 외웠어요.", models: [{ content: "단어;word\n외우다;to memorise", usage }] },
    ],
    shows: ["단어;word"],
  },
  {
    title: "Start afresh",
    text: "`/new` starts a fresh context when the topic changes: persona and model stay. `/undo` takes the last exchange back, as if it had never been said; `/again` has the last question answered anew, also by another model or persona.",
    person: "Ana",
    steps: [
      { say: "Name a river in Korea.", models: [{ content: "The Han.", usage }] },
      { command: ["again", "fast"], models: [{ content: "The Nakdong, the longest.", usage }] },
      { command: ["undo"] },
      { command: ["new"] },
    ],
    shows: ["The Nakdong, the longest.", "Taken back", "A fresh start"],
  },
  {
    title: "Go back",
    text: "A reply to an older answer goes on from there, and what came after it leaves the model's view; `/branch` does the same by number, and `/branch back` undoes it. In a channel that people share, such a reply sees the conversation as it was then, for this one answer.",
    person: "Bora",
    steps: [
      { say: "How long do I boil spaghetti?", models: [{ content: "Nine minutes.", usage }] },
      { say: "And a soft egg?", models: [{ content: "Six minutes.", usage }] },
      { command: ["branch"] },
      { command: ["branch", "1"] },
      { press: "Back" },
      {
        say: "And if it is wholegrain?",
        reply: "Nine minutes.",
        models: [{ content: "Eleven, then.", usage }],
      },
    ],
    shows: ["Where shall I go on from?", "I go on from “How long do I boil spaghetti?”", "is back"],
  },
  {
    title: "A new topic",
    text: "Where a question has nothing to do with what was said before, a fresh start is offered, once: what is not sent costs nothing and misleads nobody. `context.topicHints: false` turns that off.",
    person: "Noa",
    steps: [
      ...cooking.map(([say, text]) => ({
        say,
        models: [{ content: long(text), usage }],
      })),
      {
        say: offTopic,
        models: [{ content: "Which program uses the processor: the task manager shows it.", usage }],
      },
      { press: "Start afresh" },
    ],
    shows: ["This looks like a new topic.", "A fresh start from that question on"],
  },
  {
    title: "Ask about a file",
    text: "A file comes with a question and stays with the conversation until `/new`; `/files` lists them and drops one. A short one goes along whole, in a long one what fits the question is looked up; what an answer says of it carries the page, and **Passages** shows what stands there. [More about files](files.md).",
    person: "Oto",
    steps: [
      {
        say: "Where was the bell of the lighthouse cast, and when was it hung?",
        files: [{ name: "records.pdf", mimeType: "application/pdf", data: records() }],
        models: [
          citing(
            'It was cast in Lisbon [@"The bell of the lighthouse was cast in Lisbon"] and hung in the spring of 1868 [@"hung in the spring of 1868"].',
          ),
        ],
      },
      { press: "Passages" },
      { command: ["files"] },
      { press: "Drop 1" },
    ],
    shows: ["records.pdf is too long to go along whole", "p. 412", "cast in Lisbon", "Dropped: records.pdf."],
  },
  {
    title: "Read together",
    text: "`/read` with a book, a paper or a page of the web goes through it chapter by chapter: a summary and two questions for each, and nothing of what comes after the bookmark. In a channel all share the bookmark. [More about reading](files.md#reading-together).",
    person: "Pau",
    steps: [
      {
        say: "/read",
        place: "channel",
        files: [{ name: "keeper.txt", mimeType: "text/plain", data: Buffer.from(novel(5, 6_000)) }],
        models: [
          {
            content:
              "A keeper finds a stone at harbour 1, and hides it in the well.\n\n1. Why the well?\n2. Who may have lost it?",
            usage,
          },
        ],
      },
      {
        press: "Next",
        place: "channel",
        as: "Quinn",
        models: [
          {
            content:
              "At harbour 2 it is another stone.\n\n1. What do the two have in common?\n2. Who told him of it?",
            usage,
          },
        ],
      },
      { command: ["read", "where"], place: "channel" },
    ],
    shows: ["We read keeper.txt together: 5 chapters", "At harbour 2", "(2 of 5)"],
  },
  {
    title: "A picture with text",
    text: "With the persona `subtitle-helper`, or any with `images: transcribe`, the text of a picture is shown first; what was read amiss is corrected by a reply, and the answer is made anew from that. Lines that are hard to read are marked. [More about pictures](pictures.md).",
    person: "Rae",
    steps: [
      { command: ["persona", "subtitle-helper"] },
      {
        say: "",
        files: [{ name: "frame.jpg", mimeType: "image/jpeg", data: frame }],
        models: [{ content: subtitle("저녁 같이 먹자.", "Let's have dinner together."), usage }],
        until: "Let's have dinner together.",
      },
      {
        say: "2: 점심 같이 먹자.",
        reply: "I read in the picture",
        keeps: true,
        models: [{ content: subtitle("점심 같이 먹자.", "Let's have lunch together."), usage }],
        until: "Let's have lunch together.",
      },
      { press: "Fix" },
    ],
    shows: ["저녁 같이 먹자.", "As you corrected it", "Let's have lunch together."],
  },
  {
    title: "Search, with sources",
    text: "`/search` looks the question up first; personas with `search: auto` do so by themselves, and open the links that you send. A number stands only behind what was found in a page that was read for this answer; the line under it names the claims that lost their source. [More about search](search.md).",
    person: "Sol",
    steps: [
      {
        command: ["search", "How tall is the Eiffel Tower, and when was it opened?"],
        models: [
          {
            content:
              'It is 330 metres tall [s1 "The Eiffel Tower is 330 metres tall"]. It opened on 6 May 1889 [s1 "opened to the public on 6 May 1889"].',
            usage,
          },
        ],
      },
      { press: "Passages" },
    ],
    shows: [
      "It is 330 metres tall [1].",
      "1 claim that its source does not bear out: “It opened on 6 May 1889”",
    ],
  },
  {
    title: "See what the model sees",
    text: "`/context` shows what the model would see now, in order, with the share of each part; `/context full` sends the next request as a file, exactly as the vendor gets it. At 50 and at 80 percent the bot says so by itself. `/compact` sums up the older part: nothing is deleted, `/compact undo` has it whole again, and `/context left` shows what it stands for.",
    person: "Chul",
    steps: [
      { say: "How do I cook spaghetti?", models: [{ content: long("In much water."), usage }] },
      { say: "And rice?", models: [{ content: long("In little water."), usage }] },
      { say: "Dinner for six on Friday then: spaghetti.", models: [{ content: "A kilo will do.", usage }] },
      { say: "With which wine?", models: [{ content: "A Barbera.", usage }] },
      { say: "And for the children?", models: [{ content: "Apple juice.", usage }] },
      { say: "A dessert that can wait?", models: [{ content: "Panna cotta, made the day before.", usage }] },
      { command: ["context"] },
      {
        command: ["compact"],
        models: [
          {
            content:
              "**Decided**\n- Dinner on Friday, six people: spaghetti.\n\n**Known**\n- Much water, salt.",
            usage,
          },
        ],
      },
      { press: "Take it back" },
    ],
    shows: ["What the model sees", "now a summary", "The summary is gone"],
  },
  {
    title: "Choose the model",
    text: "`/model` lists the models with what they are good for, how much they take and what they cost, and switches for this conversation; `/think` says how hard the model thinks first. A persona may fix its model (`modelFixed`).",
    person: "Dana",
    steps: [{ command: ["model"] }, { press: "fast" }, { command: ["think", "high"] }],
    shows: ["it is the default", "openai/gpt-6-luna", "effort high"],
  },
  {
    title: "Know what it costs",
    text: "Under an answer stands what it took (`footer: off`, `short` or `full`). `/usage` sums it up for the person who asks, with a picture, `/usage csv` as a table; those who run the bot see everyone's with `/usage all`. In direct messages only: what a person uses is nobody else's business.",
    person: "Emil",
    steps: [
      { say: "Name a lake in Italy.", models: [{ content: "Lake Garda.", usage }] },
      { command: ["usage"] },
    ],
    shows: ["Lake Garda.", "Today"],
  },
  {
    title: "What it remembers",
    text: "The model may keep a fact about the person who talks with it, and says so with a button to undo it. `/memory` lists the facts with where they were learned; `add`, `edit 3 …`, `forget 3`, `forget all`, `pause`, `why`, `history` and `export` do what they say. In your direct messages with the bot all of them are used; elsewhere a fact is used where you told it and nowhere else, until `/memory share 3`: one from a public channel all over that server, one from a private channel or a group in there alone. Health, money and papers are asked about first; passwords and the like are never kept.",
    person: "Faye",
    steps: [
      {
        say: "I moved to Busan last week, so where do I find good milmyeon?",
        models: [
          { toolCalls: [{ name: "remember", arguments: '{"fact":"Lives in Busan."}' }], usage },
          { content: "Around Bujeon Market, for a start.", usage },
        ],
      },
      { command: ["memory", "add I like my answers short."] },
      { command: ["memory", "add My password is hunter2."] },
      { command: ["memory"] },
      { command: ["memory", "share 1"] },
      { command: ["memory", "forget 2"] },
      { command: ["memory", "why"] },
    ],
    shows: ["Remembered", "Lives in Busan.", "Shared", "Forgotten for good"],
  },
  {
    title: "How it talks to you",
    text: "`/instructions` tells it how to talk to you, with scopes where wanted: `in channels:`, `in DMs:`, `with Tutor:`, `when Korean is involved:`; any other `when …:` goes to the model as it is. They stand after a persona's own instructions; a persona with `strict: true` keeps its form.",
    person: "Gil",
    steps: [
      { command: ["instructions", "add when Korean is involved: 해요체"] },
      { command: ["instructions", "add in channels: be brief"] },
      { command: ["instructions"] },
    ],
    shows: ["해요체", "in channels: be brief"],
  },
  {
    title: "One person, several accounts",
    text: "`/link` makes two accounts one person for facts and instructions: a code from the one, entered at the other, confirmed at the first. Conversations and budgets stay apart; `/unlink` ends it.",
    person: "Ida",
    steps: [
      { command: ["link"] },
      { command: ["link", "{code}"], as: "Ida at work" },
      { press: "Entered" },
      { press: "Link" },
    ],
    shows: ["Your code is", "has entered your code", "share what I remember"],
  },
  {
    title: "Your data",
    text: "`/privacy` says what is kept, `/export` sends all of it, `/forget me` deletes it everywhere.",
    person: "Joon",
    steps: [
      { say: "What is a haiku?", models: [{ content: "A poem of three lines.", usage }] },
      { command: ["privacy"] },
      { command: ["export"] },
      { command: ["forget", "me"] },
      { command: ["forget", "me yes"] },
    ],
    shows: ["What I keep about you", "Everything I keep about you", "I no longer know you"],
  },
  {
    title: "Whose conversation",
    text: "In a channel all who write share one conversation, unless `/scope user` gives each person their own; who manages the channel chooses.",
    person: "Kim",
    steps: [{ command: ["scope"], place: "channel" }],
    shows: ["one conversation"],
  },
  {
    title: "Stop",
    text: "`/stop`, or the button, ends the answer that is being written; what was said so far stays. That is for who asked it, and who manages the place. Who still waits takes their own question back by `/stop`.",
    person: "Lea",
    steps: [{ command: ["stop"] }],
    shows: ["Nothing is running here."],
  },
];
