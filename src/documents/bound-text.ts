import type { Section } from "./document.ts";
import type { Reading } from "./reading.ts";
import { say } from "./said.ts";

/** Some eight novels: more of one file is of no use to anyone. */
const mostCharacters = 4_000_000;

/** Leaves out what is too much, and says so. */
export function boundText(reading: Reading): Reading {
  let room = mostCharacters;
  const sections: Section[] = [];
  for (const section of reading.sections) {
    if (room <= 0) break;
    sections.push(section.text.length > room ? { ...section, text: section.text.slice(0, room) } : section);
    room -= section.text.length;
  }
  if (room >= 0) return reading;
  return { ...reading, sections, notes: [...reading.notes, say("textLeftOut", mostCharacters)] };
}
