/** Run as a process: appends turns without end to the data folder it is given and prints each id once it is stored. */
import { openStore } from "../../src/store/open.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn } from "./turns.ts";

const [dataFolder = "", first = "0", count = "Infinity"] = process.argv.slice(2);
const store = await openStore({ dataFolder });
process.stdout.write("open\n");
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  const turn = storedTurn(n, n % 3 ? {} : { messages: [pictureMessage(pictureBytes(20_000, n))] });
  await store.turns.append(conversation, turn);
  process.stdout.write(`${n}\n`);
}
await store.close();
