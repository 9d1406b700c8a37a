import { testChat } from "../support/chat-conformance.ts";
import { startSlackEmulator } from "../support/slack/index.ts";

// On Slack an answer in a thread is about the message that the thread hangs on.
testChat(() => startSlackEmulator(), {
  threadIsAbout: "Lunch plans for Friday go here.",
  repliesInThreads: true,
});
