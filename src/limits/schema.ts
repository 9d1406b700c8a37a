import { z } from "zod";

const count = z.int().positive().optional();
const dollars = z.number().positive().optional();

const rates = z.strictObject({
  minute: count.describe("The most questions in one minute."),
  hour: count.describe("The most questions in one hour."),
  day: count.describe("The most questions in one day."),
});
const personRates = rates.extend({
  minute: z.int().positive().default(20).describe("The most questions in one minute."),
});
const asked = "The most questions.";

const budgets = {
  tokens: z
    .strictObject({
      day: count.describe("The most tokens in one day, input and output."),
      month: count.describe("In one month."),
    })
    .prefault({})
    .describe("The most tokens, input and output together."),
  usd: z
    .strictObject({
      day: dollars.describe(
        "The most US dollars in one day. Models and paid searches without a known price are refused then.",
      ),
      month: dollars.describe("In one month."),
    })
    .prefault({})
    .describe("The most US dollars."),
};

const shared = z.strictObject({ messages: rates.prefault({}).describe(asked), ...budgets }).prefault({});
const personal = z.strictObject({ messages: personRates.prefault({}).describe(asked), ...budgets });

/** How much the bot may be used, and by whom. */
export const limitsSchema = z
  .strictObject({
    person: personal.prefault({}).describe("For each person, wherever they write."),
    channel: shared.describe("For each channel, all its people together."),
    persona: shared.describe("For each persona, all who ask it together."),
    all: shared.describe("For everyone together."),
  })
  .prefault({})
  .describe("How much may be used. Minutes, hours, days and months are those of UTC.");

export type LimitSettings = z.output<typeof limitsSchema>;
