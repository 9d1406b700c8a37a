import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

/** Loaded before a program: when it ends, the packages it loaded stand in the file that LOADED_PACKAGES names. */
const packages = new Set<string>();

registerHooks({
  load(url, context, nextLoad) {
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/u.exec(url)?.[1];
    if (name) packages.add(name);
    return nextLoad(url, context);
  },
});

process.on("exit", () =>
  writeFileSync(process.env.LOADED_PACKAGES ?? "", [...packages].toSorted().join("\n")),
);
