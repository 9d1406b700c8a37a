import { expect, test } from "vitest";
import { createGate } from "../../src/host/gate.ts";

test("no more get in than there are places, and the others follow in order", async () => {
  const gate = createGate(2);
  const entered: number[] = [];
  const enter = async (number: number): Promise<() => void> => {
    const leave = await gate.enter();
    entered.push(number);
    return leave;
  };
  const [first, second, third, fourth] = [enter(1), enter(2), enter(3), enter(4)];
  const leaveFirst = await first;
  await second;
  expect(entered).toEqual([1, 2]);
  leaveFirst();
  (await third)();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});

test("who gives up waiting leaves the line without holding up the others", async () => {
  const gate = createGate(1);
  const leave = await gate.enter();
  const giveUp = new AbortController();
  const waiting = gate.enter(giveUp.signal);
  const after = gate.enter();
  giveUp.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  leave();
  await expect(after).resolves.toBeTypeOf("function");
});
