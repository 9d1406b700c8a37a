import type { Dialect } from "../database.ts";

/** A file lives as long as the turn it came with; `seq` of a part is its place in the file. */
export function files({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE file (
      conversation ${text} NOT NULL,
      id ${text} NOT NULL,
      turn ${text} NOT NULL,
      person ${text} NOT NULL,
      at ${integer} NOT NULL,
      number ${integer} NOT NULL,
      name ${text} NOT NULL,
      title ${text},
      author ${text},
      kind ${text} NOT NULL,
      unit ${text} NOT NULL,
      tokens ${integer} NOT NULL,
      letters ${integer} NOT NULL,
      parts ${text} NOT NULL,
      PRIMARY KEY (conversation, id)
    )${strict}`,
    "CREATE INDEX file_by_person ON file (person, id)",
    `CREATE TABLE file_part (
      conversation ${text} NOT NULL,
      file ${text} NOT NULL,
      seq ${integer} NOT NULL,
      text ${text} NOT NULL,
      PRIMARY KEY (conversation, file, seq),
      FOREIGN KEY (conversation, file) REFERENCES file (conversation, id) ON DELETE CASCADE
    )${strict}`,
  ];
}
