import { enableCompileCache } from "node:module";

// Node strips types and compiles at every start; kept, that work is done once. It must be on before anything is imported.
// This file is no TypeScript, for it is read before: it would have Node load its stripper for this file alone.
enableCompileCache();

const { run } = await import("./cli/run.ts");
await run(process.argv.slice(2));
