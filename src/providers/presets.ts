import type { ProviderEntry } from "../config-schema.ts";
import type { ThinkingEffort } from "./provider.ts";

/** What a Chat Completions vendor does otherwise than OpenAI's own description of it. */
export interface ChatQuirks {
  /** Its name for the output limit, where it isn't `max_tokens`. */
  readonly outputLimit?: "max_completion_tokens";
  /** Refuses `stream_options`; its usage comes by itself. */
  readonly noStreamOptions?: true;
  /** Can't call tools: none are offered. */
  readonly noTools?: true;
  readonly thinking?: ThinkingQuirk;
  /** Refuses a temperature from models that think. */
  readonly noTemperatureWhenThinking?: true;
  /** What a request's body gets for the vendor's own search, where it has one that has to be asked for. */
  readonly webSearch?: Readonly<Record<string, unknown>>;
  /** What people call the vendor, where its search names sources. Default: its id. */
  readonly name?: string;
  /** What a tool call gets that comes from another model, where those it made itself carry a proof that it wants back. */
  readonly foreignCall?: { readonly models: RegExp; readonly fields: Readonly<Record<string, unknown>> };
  /** Wants `reasoning_content` with every tool call it made, even if empty. */
  readonly alwaysReasoningContent?: true;
}

/** Which models think, and what is added to a request's body for each effort. */
interface ThinkingQuirk {
  /** Default: all of them. */
  readonly models?: RegExp;
  readonly efforts: Readonly<Record<ThinkingEffort, Readonly<Record<string, unknown>>>>;
}

/** What a vendor refuses in a transcript. */
export interface TranscriptRules {
  /** Tool call ids are exactly this many letters and digits. */
  readonly toolCallIdLength?: number;
  /** A user's message may not follow a tool's result. */
  readonly assistantAfterTool?: true;
  /** Knows no tools: their results are told as text. */
  readonly noTools?: true;
  /** Wants its thinking back for the whole conversation, not for the running turn alone. */
  readonly keepThinking?: true;
}

/** A vendor or server that needs no more than a key, or nothing at all. */
export interface Preset {
  readonly kind: NonNullable<ProviderEntry["kind"]>;
  /** Missing where every account has its own. */
  readonly baseUrl?: string;
  /** Environment variables that may hold its key, first one first; empty when it needs none. */
  readonly keyNames: readonly string[];
  /** Its name in `@pydantic/genai-prices`; missing when it costs nothing or is unknown there. */
  readonly prices?: string;
  /** Which of its models see pictures. */
  readonly sees: boolean | RegExp;
  /** Models for the aliases, where its names are settled. */
  readonly models?: { readonly fast: string; readonly smart: string; readonly thinking: string };
  readonly quirks?: ChatQuirks;
  readonly transcript?: TranscriptRules;
}

type Words = readonly [off: string, low: string, medium: string, high: string, max: string];

/** The usual spelling: one word in `reasoning_effort`. */
function effortWords([off, low, medium, high, max]: Words): ThinkingQuirk["efforts"] {
  const word = (effort: string) => ({ reasoning_effort: effort });
  return { off: word(off), low: word(low), medium: word(medium), high: word(high), max: word(max) };
}

/** Names under which open models that see are usually served. */
const openVision =
  /vision|[-_.:/]vl|vl[-:]|llava|pixtral|gemma-?[34]|llama-?4|mistral-small|minicpm-v|omni/iu;

const local = {
  kind: "openai-chat",
  keyNames: [],
  sees: openVision,
  quirks: {
    thinking: {
      models: /gpt-oss|qwen-?3|deepseek-r1|magistral|think|reason/iu,
      efforts: effortWords(["none", "low", "medium", "high", "high"]),
    },
  },
} as const satisfies Preset;

/**
 * Every vendor that needs only its key. The order is the order of preference when several keys are there.
 * Model names: from the SDKs' own types where the vendor has one, else from genai-prices.
 */
export const presets: Readonly<Record<string, Preset>> = {
  openai: {
    kind: "openai",
    baseUrl: "https://api.openai.com/v1",
    keyNames: ["OPENAI_API_KEY"],
    prices: "openai",
    sees: /^(?!gpt-3|o1-mini|o3-mini)/u,
    models: { fast: "gpt-6-luna", smart: "gpt-6-sol", thinking: "gpt-6.1-sol" },
  },
  anthropic: {
    kind: "anthropic",
    baseUrl: "https://api.anthropic.com",
    keyNames: ["ANTHROPIC_API_KEY"],
    prices: "anthropic",
    sees: true,
    models: { fast: "claude-haiku-5-5", smart: "claude-sonnet-5-5", thinking: "claude-opus-5-5" },
  },
  gemini: {
    kind: "openai-chat",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    keyNames: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    prices: "google",
    sees: true,
    models: { fast: "gemini-3.5-flash-lite", smart: "gemini-3.8-flash", thinking: "gemini-3.1-pro-preview" },
    quirks: {
      thinking: { models: /gemini/u, efforts: effortWords(["minimal", "low", "medium", "high", "high"]) },
      // From 3 on, a call in the running turn is refused without a signature, or with another model's; this one is documented.
      foreignCall: {
        models: /gemini-(?![12](?:\D|$))/u,
        fields: { extra_content: { google: { thought_signature: "skip_thought_signature_validator" } } },
      },
    },
  },
  xai: {
    kind: "openai-chat",
    baseUrl: "https://api.x.ai/v1",
    keyNames: ["XAI_API_KEY"],
    prices: "x-ai",
    sees: /vision|^grok-(?:[4-9]|latest)/u,
    models: { fast: "grok-4.3", smart: "grok-4.6", thinking: "grok-4.6" },
    quirks: {
      // From 4.5 on it can't be turned off; 4.20 refuses the parameter.
      thinking: {
        models: /^grok-(?:4\.[3-9](?!\d)|[5-9]|latest)/u,
        efforts: effortWords(["low", "low", "medium", "high", "high"]),
      },
    },
  },
  deepseek: {
    kind: "openai-chat",
    baseUrl: "https://api.deepseek.com",
    keyNames: ["DEEPSEEK_API_KEY"],
    prices: "deepseek",
    sees: false,
    models: { fast: "deepseek-v4-flash", smart: "deepseek-v4-pro", thinking: "deepseek-v4-pro" },
    quirks: {
      alwaysReasoningContent: true,
      thinking: {
        efforts: {
          ...effortWords(["", "low", "high", "high", "max"]),
          off: { thinking: { type: "disabled" } },
        },
      },
    },
    transcript: { keepThinking: true },
  },
  qwen: {
    kind: "openai-chat",
    baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    keyNames: ["DASHSCOPE_API_KEY"],
    sees: /vl|omni|qvq|^qwen3\.[5-9]/u,
    quirks: {
      // Its models think by a switch and a budget of tokens; those named for their instructions never do.
      thinking: {
        models: /^(?!.*(?:instruct|coder))(?:qwen-?(?:plus|flash|turbo|max)|qwen3)/u,
        efforts: {
          off: { enable_thinking: false },
          low: { enable_thinking: true, thinking_budget: 2_048 },
          medium: { enable_thinking: true, thinking_budget: 6_144 },
          high: { enable_thinking: true, thinking_budget: 14_336 },
          max: { enable_thinking: true },
        },
      },
    },
  },
  mistral: {
    kind: "openai-chat",
    baseUrl: "https://api.mistral.ai/v1",
    keyNames: ["MISTRAL_API_KEY"],
    prices: "mistral",
    sees: /pixtral|^mistral-(?:small|medium|large)|ministral|magistral/u,
    models: { fast: "mistral-small-2603", smart: "mistral-medium-3-5", thinking: "mistral-medium-3-5" },
    quirks: {
      noStreamOptions: true,
      thinking: {
        models: /^mistral-(?:small|medium)/u,
        efforts: effortWords(["none", "high", "high", "high", "high"]),
      },
    },
    transcript: { toolCallIdLength: 9, assistantAfterTool: true },
  },
  perplexity: {
    // Its Chat Completions ended on 27 September 2026; its Agent API speaks as OpenAI's Responses do.
    kind: "openai",
    baseUrl: "https://api.perplexity.ai/v1",
    keyNames: ["PERPLEXITY_API_KEY", "PPLX_API_KEY"],
    prices: "perplexity",
    sees: /^sonar(?!-deep)/u,
    models: { fast: "sonar", smart: "sonar-pro", thinking: "sonar-reasoning-pro" },
    quirks: { noTools: true },
    transcript: { noTools: true },
  },
  openrouter: {
    kind: "openai-chat",
    baseUrl: "https://openrouter.ai/api/v1",
    keyNames: ["OPENROUTER_API_KEY"],
    prices: "openrouter",
    sees: /^(?:openai\/(?!gpt-3|gpt-oss)|anthropic|google|x-ai)|vision|-vl|llama-4|pixtral/iu,
    quirks: {
      name: "OpenRouter",
      webSearch: { plugins: [{ id: "web" }] },
      thinking: {
        efforts: {
          off: { reasoning: { effort: "none" } },
          low: { reasoning: { effort: "low" } },
          medium: { reasoning: { effort: "medium" } },
          high: { reasoning: { effort: "high" } },
          max: { reasoning: { effort: "xhigh" } },
        },
      },
    },
  },
  groq: {
    kind: "openai-chat",
    baseUrl: "https://api.groq.com/openai/v1",
    keyNames: ["GROQ_API_KEY"],
    prices: "groq",
    sees: /llama-4|vision/iu,
    models: { fast: "openai/gpt-oss-20b", smart: "openai/gpt-oss-120b", thinking: "openai/gpt-oss-120b" },
    quirks: {
      outputLimit: "max_completion_tokens",
      thinking: { models: /gpt-oss/u, efforts: effortWords(["low", "low", "medium", "high", "high"]) },
    },
  },
  together: {
    kind: "openai-chat",
    baseUrl: "https://api.together.xyz/v1",
    keyNames: ["TOGETHER_API_KEY"],
    prices: "together",
    sees: openVision,
    quirks: {
      thinking: { models: /gpt-oss/u, efforts: effortWords(["low", "low", "medium", "high", "high"]) },
    },
  },
  azure: {
    kind: "openai-chat",
    keyNames: ["AZURE_OPENAI_API_KEY"],
    prices: "azure",
    sees: true,
    quirks: {
      outputLimit: "max_completion_tokens",
      noTemperatureWhenThinking: true,
      thinking: {
        models: /^(?:o\d|gpt-[5-9])/u,
        efforts: effortWords(["low", "low", "medium", "high", "high"]),
      },
    },
  },
  ollama: { ...local, baseUrl: "http://127.0.0.1:11434/v1" },
  lmstudio: { ...local, baseUrl: "http://127.0.0.1:1234/v1" },
  llamacpp: { ...local, baseUrl: "http://127.0.0.1:8080/v1" },
};

/** The preset with this id, else the one at the same host: `mistral-work` at Mistral's address is Mistral. */
export function findPreset(id: string, baseUrl?: string): (Preset & { readonly id: string }) | undefined {
  const named = presets[id];
  if (named) return { id, ...named };
  const host = baseUrl && new URL(baseUrl).host;
  const found = Object.entries(presets).find(
    ([, preset]) => preset.baseUrl && new URL(preset.baseUrl).host === host,
  );
  return found && { id: found[0], ...found[1] };
}
