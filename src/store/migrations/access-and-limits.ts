import type { Dialect } from "../database.ts";

/** Who may use the bot, what is spent, and what is held back for answers on their way. */
export function accessAndLimits({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE access_grant (
      place ${text} NOT NULL,
      kind ${text} NOT NULL,
      name ${text} NOT NULL,
      code ${text},
      granted_by ${text} NOT NULL,
      at ${integer} NOT NULL,
      PRIMARY KEY (place, kind)
    )${strict}`,
    `CREATE TABLE access_request (
      place ${text} PRIMARY KEY,
      code ${text},
      name ${text} NOT NULL,
      event ${text} NOT NULL,
      at ${integer} NOT NULL
    )${strict}`,
    "CREATE UNIQUE INDEX access_request_by_code ON access_request (code)",
    "CREATE INDEX access_request_by_time ON access_request (at)",
    `CREATE TABLE access_claim (
      hash ${text} PRIMARY KEY,
      expires_at ${integer} NOT NULL
    )${strict}`,
    `CREATE TABLE access_try (
      person ${text} PRIMARY KEY,
      hour ${integer} NOT NULL,
      tries ${integer} NOT NULL
    )${strict}`,
    ...limits(text, integer, strict),
  ];
}

/**
 * Money is whole billionths of a dollar, so that sums are exact. `spent_day` holds what limits add up: a few rows in
 * place of a month of the ledger.
 */
function limits(text: string, integer: string, strict: string): readonly string[] {
  return [
    `CREATE TABLE ledger (
      turn ${text} NOT NULL,
      attempt ${text} NOT NULL,
      at ${integer} NOT NULL,
      person ${text} NOT NULL,
      channel ${text},
      conversation ${text} NOT NULL,
      persona ${text} NOT NULL,
      model ${text} NOT NULL,
      input_tokens ${integer} NOT NULL,
      cached_tokens ${integer} NOT NULL,
      cache_write_tokens ${integer} NOT NULL,
      output_tokens ${integer} NOT NULL,
      thinking_tokens ${integer} NOT NULL,
      is_estimate ${integer} NOT NULL,
      cost_nano ${integer},
      tools ${text} NOT NULL,
      PRIMARY KEY (turn, attempt)
    )${strict}`,
    // One person's use over time, and everyone's; channels, personas and models are grouped out of the second.
    "CREATE INDEX ledger_by_person ON ledger (person, at)",
    "CREATE INDEX ledger_by_time ON ledger (at)",
    `CREATE TABLE spent_day (
      kind ${text} NOT NULL,
      name ${text} NOT NULL,
      day ${integer} NOT NULL,
      tokens ${integer} NOT NULL,
      cost_nano ${integer} NOT NULL,
      PRIMARY KEY (kind, name, day)
    )${strict}`,
    "CREATE INDEX spent_day_by_day ON spent_day (day)",
    `CREATE TABLE message_count (
      kind ${text} NOT NULL,
      name ${text} NOT NULL,
      period ${text} NOT NULL,
      start ${integer} NOT NULL,
      messages ${integer} NOT NULL,
      PRIMARY KEY (kind, name, period)
    )${strict}`,
    `CREATE TABLE reservation (
      id ${text} PRIMARY KEY,
      person ${text} NOT NULL,
      channel ${text},
      persona ${text} NOT NULL,
      tokens ${integer} NOT NULL,
      cost_nano ${integer} NOT NULL,
      expires_at ${integer} NOT NULL
    )${strict}`,
    "CREATE INDEX reservation_by_end ON reservation (expires_at)",
  ];
}
