import { doTasksInProcess } from "../../src/host/in-process.ts";

await doTasksInProcess(async (task: string) => task);
