import { doTasksInProcess } from "../../src/host/in-process.ts";
import { misbehave } from "./misbehave.ts";

await doTasksInProcess(misbehave);
