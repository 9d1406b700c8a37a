import { testChat } from "../support/chat-conformance.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

testChat(() => startTelegramEmulator({ webhook: true }), { hidesDeletions: true });
