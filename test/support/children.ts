import { execFileSync } from "node:child_process";

/** The ids of the processes that this one started with such a script and that have not ended. */
export function childrenRunning(script: string): readonly number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const [id, parent, ...words] = line.trim().split(/\s+/u);
    const isMeant = Number(parent) === process.pid && words.some((word) => word.endsWith(`/${script}`));
    return isMeant ? [Number(id)] : [];
  });
}
