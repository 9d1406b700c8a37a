import { eventually } from "../support/eventually.ts";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { LoadedPersonas } from "../../src/personas/load.ts";
import { watchPersonas } from "../../src/personas/watch.ts";
import { makeFolder } from "../support/folder.ts";
import { minimal } from "../support/yaml.ts";

const named = (name: string): string => minimal.replace("name: A", `name: ${name}`);

/** A watched folder, and its state as last reported: names by id, and the messages of problems. */
async function watched(files: Readonly<Record<string, string>>) {
  const folder = makeFolder(files);
  const reports: LoadedPersonas[] = [];
  const watch = await watchPersonas(folder, { onChange: (state) => reports.push(state) });
  onTestFinished(() => watch.stop());
  const state = () => ({
    names: Object.fromEntries(Array.from(reports.at(-1)?.personas ?? [], ([id, { name }]) => [id, name])),
    problems: (reports.at(-1)?.problems ?? []).map(({ message }) => message),
  });
  return {
    folder,
    reports,
    watch,
    state,
    save: (file: string, content: string) => writeFileSync(join(folder, file), content),
    becomes: (names: Record<string, string>, problems: string[] = []) =>
      eventually(() => expect(state()).toEqual({ names, problems })),
  };
}

it("reports the folder at once, then each saved, new and deleted file", async () => {
  const { folder, state, save, becomes } = await watched({ "a.yaml": named("One") });
  expect(state().names).toEqual({ a: "One" });
  save("a.yaml", named("Two"));
  await becomes({ a: "Two" });
  save("b.yaml", named("New"));
  await becomes({ a: "Two", b: "New" });
  rmSync(join(folder, "a.yaml"));
  await becomes({ b: "New" });
});

it("sees a file that an editor writes beside and renames into place", async () => {
  const { folder, save, becomes } = await watched({ "a.yaml": named("One") });
  for (const name of ["Two", "Three"]) {
    save(".a.yaml.tmp", named(name));
    renameSync(join(folder, ".a.yaml.tmp"), join(folder, "a.yaml"));
    await becomes({ a: name });
  }
});

it("keeps the last good version through a bad save, and drops it when the file is deleted", async () => {
  const { folder, save, becomes } = await watched({ "a.yaml": named("Good"), "b.yaml": named("B") });
  save("a.yaml", `${named("Bad")}footr: off\n`);
  await becomes({ a: "Good", b: "B" }, ['unknown key "footr"']);
  save("b.yaml", named("B2"));
  await becomes({ a: "Good", b: "B2" }, ['unknown key "footr"']);
  save("a.yaml", named("Better"));
  await becomes({ a: "Better", b: "B2" });
  save("a.yaml", "");
  await becomes({ a: "Better", b: "B2" }, ["this file is empty"]);
  rmSync(join(folder, "a.yaml"));
  await becomes({ b: "B2" });
});

it("keeps all of a folder that vanishes, and follows the one that takes its place", async () => {
  const { folder, save, becomes } = await watched({ "a.yaml": named("One") });
  renameSync(folder, `${folder}-away`);
  onTestFinished(() => rmSync(`${folder}-away`, { recursive: true }));
  await becomes({ a: "One" }, ["there is no such folder of personas"]);
  mkdirSync(folder);
  save("b.yaml", named("Back"));
  await becomes({ b: "Back" });
  save("b.yaml", named("Again"));
  await becomes({ b: "Again" });
});

it("follows a folder that is swapped for another in one go", async () => {
  const { folder, save, becomes } = await watched({ "a.yaml": named("One") });
  const other = makeFolder({ "c.yaml": named("Other") });
  rmSync(folder, { recursive: true });
  renameSync(other, folder);
  await becomes({ c: "Other" });
  save("c.yaml", named("Live"));
  await becomes({ c: "Live" });
});

it("reports nothing for a save that changes nothing, nor after it was stopped", async () => {
  const { folder, reports, watch, save, becomes } = await watched({ "a.yaml": named("One") });
  save("a.yaml", named("One"));
  save("notes.txt", "x");
  save("a.yaml", named("Two"));
  await becomes({ a: "Two" });
  expect(reports).toHaveLength(2);
  watch.stop();
  save("a.yaml", named("Three"));
  // A second watch that has seen a later change shows that the first had the time to.
  const later: LoadedPersonas[] = [];
  const second = await watchPersonas(folder, { onChange: (each) => later.push(each) });
  onTestFinished(() => second.stop());
  save("a.yaml", named("Four"));
  await eventually(() => expect(later.at(-1)?.personas.get("a")?.name).toBe("Four"));
  expect(reports).toHaveLength(2);
});
