import type { Dialect } from "../database.ts";

/** What came of albums lately, so that each further part finds the others. */
export function albums({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE album_part (
      album ${text} NOT NULL,
      place ${integer} NOT NULL,
      person ${text} NOT NULL,
      at ${integer} NOT NULL,
      payload ${text} NOT NULL,
      PRIMARY KEY (album, place)
    )${strict}`,
  ];
}
