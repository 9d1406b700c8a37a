import { doTasksInThread } from "../../src/host/in-thread.ts";

doTasksInThread(async (task: string) => task);
