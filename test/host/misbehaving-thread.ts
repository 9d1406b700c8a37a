import { doTasksInThread } from "../../src/host/in-thread.ts";
import { misbehave } from "./misbehave.ts";

doTasksInThread(misbehave);
