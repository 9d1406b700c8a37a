import type { Dialect } from "../database.ts";

/**
 * `state` of a fact: `kept`; `asked`, until its person says so; `past`, replaced by another; `removed` by a model, until it is
 * final. `replaced_by` is the fact that took its place, or will when its person says so.
 */
export function memory({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `ALTER TABLE fact ADD COLUMN number ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE fact ADD COLUMN place_name ${text} NOT NULL DEFAULT ''`,
    `ALTER TABLE fact ADD COLUMN link ${text}`,
    `ALTER TABLE fact ADD COLUMN shared ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE fact ADD COLUMN state ${text} NOT NULL DEFAULT 'kept'`,
    `ALTER TABLE fact ADD COLUMN replaced_by ${text}`,
    `ALTER TABLE fact ADD COLUMN changed_at ${integer}`,
    `ALTER TABLE fact ADD COLUMN used_at ${integer}`,
    `UPDATE fact SET shared = CASE WHEN place = 'dm' THEN 0 ELSE 1 END,
       number = (SELECT COUNT(*) FROM fact AS older WHERE older.person = fact.person AND older.id <= fact.id)`,
    // What waits for its person's word, or for its end.
    "CREATE INDEX fact_by_change ON fact (changed_at) WHERE state IN ('asked', 'removed')",
    // Which facts a turn's prompt held.
    `ALTER TABLE turn ADD COLUMN facts ${text}`,
    `CREATE TABLE memory_pause (
      person ${text} PRIMARY KEY,
      at ${integer} NOT NULL
    )${strict}`,
    `CREATE TABLE instruction (
      person ${text} NOT NULL,
      id ${text} NOT NULL,
      number ${integer} NOT NULL,
      text ${text} NOT NULL,
      is_on ${integer} NOT NULL,
      at ${integer} NOT NULL,
      PRIMARY KEY (person, id)
    )${strict}`,
    // Accounts with the same holder are one person's.
    `CREATE TABLE link (
      account ${text} PRIMARY KEY,
      holder ${text} NOT NULL,
      name ${text} NOT NULL,
      at ${integer} NOT NULL
    )${strict}`,
    "CREATE INDEX link_by_holder ON link (holder)",
    `CREATE TABLE link_code (
      account ${text} PRIMARY KEY,
      hash ${text} NOT NULL,
      name ${text} NOT NULL,
      expires_at ${integer} NOT NULL,
      claimed_by ${text},
      claimed_name ${text}
    )${strict}`,
    "CREATE UNIQUE INDEX link_code_by_hash ON link_code (hash)",
  ];
}
