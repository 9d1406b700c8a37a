import { expect, test } from "vitest";
import { createSlots } from "../src/slots.ts";

test("no more get in than there are places, and the others follow in order", async () => {
  const slots = createSlots(2);
  const entered: number[] = [];
  const enter = async (number: number): Promise<() => void> => {
    const leave = await slots.take();
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
  const slots = createSlots(1);
  const leave = await slots.take();
  const giveUp = new AbortController();
  const waiting = slots.take(giveUp.signal);
  const after = slots.take();
  giveUp.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  leave();
  await expect(after).resolves.toBeTypeOf("function");
});

test("who has many in line goes in turn with those who have few, and each is told how many go before", async () => {
  const slots = createSlots(2);
  const entered: string[] = [];
  const inside: (() => void)[] = [];
  const ahead: number[] = [];
  const enter = (name: string): void => {
    const by = name.slice(0, 3);
    ahead.push(slots.aheadOf(by));
    void slots.take(undefined, by).then((leave) => {
      entered.push(name);
      inside.push(leave);
    });
  };
  for (const name of ["kim1", "kim2", "kim3", "kim4", "kim5", "lee1", "mia1", "lee2"]) enter(name);
  expect(ahead).toEqual([0, 0, 0, 1, 2, 0, 1, 3]);
  for (let left = 0; left < 8; left++) {
    await new Promise(setImmediate);
    inside.shift()?.();
  }
  expect(entered).toEqual(["kim1", "kim2", "lee1", "mia1", "kim3", "lee2", "kim4", "kim5"]);
});
