import type { Dialect } from "../database.ts";

/** Vectors of a file's passages, in runs: 32-bit floats, one vector after the other. */
export function fileVectors({ text, integer, bytes, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE file_vector (
      conversation ${text} NOT NULL,
      file ${text} NOT NULL,
      start ${integer} NOT NULL,
      count ${integer} NOT NULL,
      model ${text} NOT NULL,
      sha256 ${text} NOT NULL,
      vectors ${bytes} NOT NULL,
      PRIMARY KEY (conversation, file, start),
      FOREIGN KEY (conversation, file) REFERENCES file (conversation, id) ON DELETE CASCADE
    )${strict}`,
  ];
}
