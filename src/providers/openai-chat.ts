import { createChatAnswer } from "./chat-answer.ts";
import { signIn } from "./chat-chunk.ts";
import { chatMessages } from "./chat-messages.ts";
import { brokenOff, gaveUp, vendorError } from "./errors.ts";
import { joined, tellSign } from "./joined.ts";
import { createOpenAiClient, type ChatParams } from "./openai-client.ts";
import type { ChatQuirks } from "./presets.ts";
import type { ModelRequest, Provider } from "./provider.ts";
import { thinkingRoom } from "./thinking.ts";
import { untilWhole } from "./until-whole.ts";

export interface OpenAiChatOptions {
  readonly id: string;
  /** May be empty for a server that asks for none. */
  readonly apiKey: string;
  readonly baseUrl: string;
  /** Default: the id. */
  readonly vendor?: string;
  readonly quirks?: ChatQuirks;
}

/** A vendor or server that speaks Chat Completions. */
export async function createOpenAiChat(options: OpenAiChatOptions): Promise<Provider> {
  const { id, apiKey, baseUrl, vendor = id, quirks = {} } = options;
  const client = await createOpenAiClient({ id, apiKey, baseUrl, isOpenAi: false });
  return {
    id,
    vendor,
    searches: () => quirks.webSearch !== undefined,
    async *stream(request, signal, heard) {
      const answer = createChatAnswer(vendor, quirks.name);
      const isWhole = (): boolean => answer.finish !== undefined;
      const open = (until: AbortSignal) => client.streamChat(chatParams(request, quirks), until, heard);
      for await (const chunks of untilWhole(open, isWhole, signal)) {
        yield* joined(chunks, (chunk) => answer.read(chunk));
        tellSign(chunks, signIn, heard);
      }
      if (answer.finish === undefined || gaveUp.has(answer.finish)) throw brokenOff(id);
      if (answer.finish === "insufficient_system_resource") {
        throw vendorError(id, { code: answer.finish, message: "the vendor ran out of capacity" });
      }
      yield* answer.end();
    },
    body: async (request) => chatParams(request, quirks),
    listModels: (signal) => client.listModels(signal),
  };
}

function chatParams(request: ModelRequest, quirks: ChatQuirks): ChatParams {
  const { model, instructions, messages, tools } = request;
  const rules = {
    alwaysReasoningContent: quirks.alwaysReasoningContent ?? false,
    foreignCall: quirks.foreignCall?.models.test(model) ? quirks.foreignCall.fields : {},
  };
  return {
    model,
    stream: true,
    messages: [
      ...(instructions ? [{ role: "system" as const, content: instructions }] : []),
      ...messages.flatMap((message) => chatMessages(message, rules)),
    ],
    ...(tools.length > 0 &&
      !quirks.noTools && {
        tools: tools.map(({ name, description, inputSchema }) => ({
          type: "function" as const,
          function: { name, description, parameters: { ...inputSchema } },
        })),
      }),
    ...(!quirks.noStreamOptions && { stream_options: { include_usage: true } }),
    ...(request.webSearch && quirks.webSearch),
    ...optionParams(request, quirks),
  };
}

/** Temperature, limit and effort, each as far as the model takes it. */
function optionParams(request: ModelRequest, quirks: ChatQuirks): Partial<ChatParams> {
  const { model, temperature, maxOutputTokens, thinking } = request;
  const control = quirks.thinking;
  const thinks = control !== undefined && (control.models?.test(model) ?? true);
  const room = thinks ? thinkingRoom(thinking) : 0;
  return {
    ...(maxOutputTokens !== undefined && { [quirks.outputLimit ?? "max_tokens"]: maxOutputTokens + room }),
    ...(temperature !== undefined && !(thinks && quirks.noTemperatureWhenThinking) && { temperature }),
    ...(thinks && thinking && control.efforts[thinking]),
  };
}
