import type { Dialect } from "../database.ts";

/** What is asked by person or by age, and whose alone a conversation is: its key does not always say. */
export function people({ text, strict }: Dialect): readonly string[] {
  return [
    "CREATE INDEX turn_by_person ON turn (person, id)",
    "CREATE INDEX turn_by_time ON turn (at)",
    "CREATE INDEX fact_by_time ON fact (at)",
    "CREATE INDEX event_by_person ON event (person)",
    `CREATE TABLE own_conversation (
      person ${text} NOT NULL,
      conversation ${text} NOT NULL,
      PRIMARY KEY (person, conversation)
    )${strict}`,
  ];
}
