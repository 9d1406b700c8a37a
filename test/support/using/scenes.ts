import type { Scene } from "./scene.ts";

const usage = { input_tokens: 812, output_tokens: 96 };

const long = (topic: string): string =>
  `${topic} ${"Salt the water well, taste early, keep a cup of it back for the sauce, and never rinse what you will eat hot. ".repeat(14)}`.trim();

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
    ],
    shows: ["Where shall I go on from?", "I go on from “How long do I boil spaghetti?”", "is back"],
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
    text: "The model may keep a fact about the person who talks with it, and says so with a button to undo it. `/memory` lists the facts with where they were learned; `add`, `edit 3 …`, `forget 3`, `forget all`, `pause`, `why`, `history` and `export` do what they say. What was learned in a direct message stays there until `/memory share 3`. Health, money and papers are asked about first; passwords and the like are never kept.",
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
    steps: [{ command: ["link"] }],
    shows: ["Your code is"],
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
    text: "`/stop`, or the button, ends the answer that is being written; what was said so far stays.",
    person: "Lea",
    steps: [{ command: ["stop"] }],
    shows: ["Nothing is running here."],
  },
];
