import { readFileSync } from "node:fs";

/** How often the memory of a process is looked at: in so long, a bomb fills some 100 MB. */
const lookEveryMs = 50;

/**
 * Calls `over` once a process holds more than so much memory. Returns what ends the watch. Only Linux tells of other
 * processes for nothing; elsewhere the process watches itself (watchdog.js).
 */
export function watchMemory(pid: number | undefined, megabytes: number, over: () => void): () => void {
  const timer = setInterval(() => {
    const held = residentMegabytes(pid);
    if (held === undefined || held <= megabytes) return;
    clearInterval(timer);
    over();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Undefined where it can't be told, or the process is gone. */
function residentMegabytes(pid = 0): number | undefined {
  try {
    const held = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return held === undefined ? undefined : (Number(held) * 1024) / 1_000_000;
  } catch {
    return undefined;
  }
}
