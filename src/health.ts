import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const beatEveryMs = 10_000;
const fileName = "heartbeat";

/** Marks the data folder as served by a living process until the returned function is called. */
export function startHeartbeat(dataFolder: string, onError: (error: unknown) => void): () => void {
  const beat = (): void => void write(dataFolder).catch(onError);
  beat();
  const timer = setInterval(beat, beatEveryMs);
  return () => clearInterval(timer);
}

/** With Postgres nothing else needs the folder: it may not be there. */
async function write(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(dataFolder, fileName), new Date().toISOString());
}

/** Whether the process that serves the data folder has given a sign of life within three beats. */
export async function isAlive(dataFolder: string, now: number = Date.now()): Promise<boolean> {
  const beat = await stat(join(dataFolder, fileName)).catch(() => undefined);
  return beat !== undefined && now - beat.mtimeMs < 3 * beatEveryMs;
}
