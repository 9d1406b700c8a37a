import { randomUUID } from "node:crypto";

let lastTime = 0;
let counter = 0;

/** A UUIDv7: ids made later sort later, also within one millisecond of one process. */
export function newTurnId(now: number = Date.now()): string {
  counter = now > lastTime ? 0 : counter + 1;
  lastTime = Math.max(now, lastTime);
  const time = lastTime.toString(16).padStart(12, "0");
  const place = (counter & 0x0fff).toString(16).padStart(3, "0");
  // The rest is that of a random UUID, which Node makes many at a time.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${randomUUID().slice(19)}`;
}
