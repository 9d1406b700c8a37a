/** What a persona's `tools` may name. Those of memory come with `memory: read-write` instead. */
export const toolNames: ReadonlySet<string> = new Set(["ocr", "read_page"]);
