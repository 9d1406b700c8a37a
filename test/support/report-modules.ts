import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

/**
 * Loaded before a program. When it ends, the packages it loaded stand in the file that LOADED_PACKAGES names; when it first
 * calls a server, the modules it had loaded in the file that LOADED_BEFORE_CALL names.
 */
const packages = new Set<string>();
const modules: string[] = [];

registerHooks({
  load(url, context, nextLoad) {
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/u.exec(url)?.[1];
    if (name) packages.add(name);
    modules.push(name ?? url.replace(/^.*\/(?=(?:src|adapters)\/)/u, ""));
    return nextLoad(url, context);
  },
});

const { LOADED_PACKAGES: atExit = "", LOADED_BEFORE_CALL: beforeCall = "" } = process.env;

let hasCalled = false;
subscribe("http.client.request.start", () => {
  if (!hasCalled && beforeCall) writeFileSync(beforeCall, modules.join("\n"));
  hasCalled = true;
});

process.on("exit", () => {
  if (atExit) writeFileSync(atExit, [...packages].toSorted().join("\n"));
});
