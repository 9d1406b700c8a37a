import { type Stats, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { KnownNames } from "./check.ts";
import { type LoadedPersonas, loadPersonas } from "./load.ts";
import type { Persona } from "./schema.ts";
import { shownPath } from "../yaml/problem.ts";

/** Editors save in several steps; what comes within this time is read at once. In milliseconds. */
const settleMs = 120;

/** How soon a folder that went away, or that can't be watched, is looked at again. In milliseconds. */
const retryMs = 500;

export interface PersonaWatch {
  /** Afterwards nothing is reported. */
  stop(): void;
}

interface WatchOptions {
  /** Called with the folder's state at once and after every change. */
  readonly onChange: (state: LoadedPersonas) => void;
  readonly known?: KnownNames;
}

/**
 * Keeps personas as they are on disk. A file that is saved with a mistake keeps its last good version, with its
 * problems; so does a whole folder that goes away. Never keeps the process alive. Settles after the first report.
 */
export async function watchPersonas(
  folder: string,
  { onChange, known }: WatchOptions,
): Promise<PersonaWatch> {
  let state: LoadedPersonas | undefined;
  let watched: Watched | undefined;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  let stopped = false;

  /** Events while one is planned change nothing; events during a reading plan the next. */
  const plan = (delay = settleMs): void => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      reading = reading?.then(read);
    }, delay).unref();
  };

  async function read(): Promise<void> {
    watched = await follow(folder, watched, () => plan());
    const next = keepGood(state?.personas, await loadPersonas(folder, known), folder);
    if (stopped) return watched?.close();
    if (!watched) plan(retryMs);
    if (isDeepStrictEqual(next, state)) return;
    state = next;
    onChange(next);
  }

  reading = read();
  await reading;
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      watched?.close();
    },
  };
}

/** What was there before and is now mistaken, rather than deleted, stays. */
function keepGood(
  before: LoadedPersonas["personas"] = new Map(),
  now: LoadedPersonas,
  folder: string,
): LoadedPersonas {
  const mistaken = new Set(now.problems.map(({ file }) => file));
  const isMistaken = ({ file }: Persona): boolean => mistaken.has(file) || mistaken.has(shownPath(folder));
  const kept = [...before].filter(([id, persona]) => !now.personas.has(id) && isMistaken(persona));
  const personas = [...now.personas, ...kept].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { personas: new Map(personas), problems: now.problems };
}

interface Watched {
  /** Whether it still watches this very folder: one made anew under the same name is another. */
  watches(folder: Stats): boolean;
  close(): void;
}

/** The watch of the folder as it is now; undefined when it isn't there or can't be watched. */
async function follow(
  folder: string,
  current: Watched | undefined,
  onEvent: () => void,
): Promise<Watched | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (found && current?.watches(found)) return current;
  current?.close();
  if (!found) return undefined;
  try {
    return watchFolder(folder, found, onEvent);
  } catch {
    // Such as a system that has no watches left: the folder is then looked at now and again.
    return undefined;
  }
}

function watchFolder(folder: string, { dev, ino, birthtimeMs }: Stats, onEvent: () => void): Watched {
  let lost = false;
  const watcher = watch(folder, { persistent: false }, onEvent);
  watcher.on("error", () => {
    lost = true;
    onEvent();
  });
  return {
    watches: (other) => !lost && other.dev === dev && other.ino === ino && other.birthtimeMs === birthtimeMs,
    close: () => watcher.close(),
  };
}
