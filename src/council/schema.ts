import { z } from "zod";

const text = z.string().trim().min(1);

/** More would take long to read, and each answer is read by all the others. */
const mostMembers = 8;

const members = z.array(text).min(2).max(mostMembers);
const askAboveUsd = z.number().min(0);

/** How several models answer together. */
export const councilSchema = z
  .strictObject({
    members: members
      .optional()
      .describe(
        "The aliases or `provider/model` names that answer, two to eight. Default: the different models of the aliases, at most four.",
      ),
    chair: text
      .optional()
      .describe("The one that sums up. Default: the model that would have answered alone."),
    askAboveUsd: askAboveUsd
      .default(0.1)
      .describe(
        "When a council may cost more US dollars than this, or has a model without a known price, the person is asked first.",
      ),
    seconds: z.number().positive().default(120).describe("The longest that each of its models may take."),
  })
  .prefault({})
  .describe("How several models answer one question together: `/council`, or a persona with `council`.");

/** A persona that is always a council. */
export const personaCouncil = z
  .union([
    z.boolean(),
    z.strictObject({
      members: members
        .optional()
        .describe("Aliases or `provider/model` names. Default: the configuration's."),
      chair: text.optional().describe("The one that sums up. Default: the configuration's."),
      askAboveUsd: askAboveUsd
        .optional()
        .describe("Ask the person first when it may cost more US dollars. Default: the configuration's."),
    }),
  ])
  .default(false)
  .describe(
    "Several models answer each message together: `true` for those of the configuration, or an object with `members`, `chair`, `askAboveUsd`. It costs two calls for each model, and one more.",
  );

export type CouncilSettings = z.output<typeof councilSchema>;
