import type { RawAnswer } from "./sse-server.ts";

/**
 * Answers of vendors that searched by themselves, event by event as they send them: the forms of the SDKs' types and of
 * streams that others have recorded (vercel/ai, packages/{anthropic,openai,perplexity}), with other words in them.
 */

const wikipedia = "https://en.wikipedia.org/wiki/Eiffel_Tower";
const official = "https://www.toureiffel.paris/en/the-monument";
export const pages = { wikipedia, official } as const;

const block = (index: number, content_block: object, ...deltas: readonly object[]): readonly object[] => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];

const anthropicText = (index: number, text: string, cited?: string): readonly object[] =>
  block(
    index,
    { type: "text", text: "", ...(cited !== undefined && { citations: [] }) },
    ...(cited === undefined
      ? []
      : [
          {
            type: "citations_delta",
            citation: {
              type: "web_search_result_location",
              cited_text: cited,
              url: wikipedia,
              title: "Eiffel Tower - Wikipedia",
              encrypted_index: "Eo8BCioIAhgB",
            },
          },
        ]),
    { type: "text_delta", text },
  );

/** What Claude gets of its search, and wants back unchanged within the turn. */
export const serverBlocks = [
  {
    type: "server_tool_use",
    id: "srvtoolu_1",
    name: "web_search",
    input: { query: "Eiffel tower height" },
  },
  {
    type: "web_search_tool_result",
    tool_use_id: "srvtoolu_1",
    content: [
      {
        type: "web_search_result",
        url: wikipedia,
        title: "Eiffel Tower - Wikipedia",
        encrypted_content: "EqgfCioIARgBIiQ3YTAwMjY1Mi1m",
        page_age: "November 2, 2026",
      },
    ],
  },
] as const;

const [use, result] = serverBlocks;
const anthropicSearch = (index: number): readonly object[] => [
  ...block(
    index,
    { ...use, input: {} },
    { type: "input_json_delta", partial_json: '{"query": "Eiffel ' },
    { type: "input_json_delta", partial_json: 'tower height"}' },
  ),
  ...block(index + 1, result),
];

const anthropic = (stop_reason: string, searches: number, ...events: readonly object[]): RawAnswer => ({
  named: true,
  events: [
    {
      type: "message_start",
      message: {
        id: "msg_1",
        role: "assistant",
        content: [],
        usage: { input_tokens: 1_000, output_tokens: 1 },
      },
    },
    ...events,
    {
      type: "message_delta",
      delta: { stop_reason, stop_sequence: null },
      usage: {
        input_tokens: 2_000,
        output_tokens: 100,
        server_tool_use: { web_search_requests: searches, web_fetch_requests: 0 },
      },
    },
    { type: "message_stop" },
  ],
});

/** Claude says that it searches, searches, and answers from what it found. */
export const claudeSearches = (): RawAnswer =>
  anthropic(
    "end_turn",
    1,
    ...anthropicText(0, "Let me look."),
    ...anthropicSearch(1),
    ...anthropicText(3, "It is 330 metres tall", "The tower is 330 metres (1,083 ft) tall"),
    ...anthropicText(4, ", and stands in "),
    ...anthropicText(5, "Paris", "on the Champ de Mars in Paris, France"),
    ...anthropicText(6, "."),
  );

/** Claude searches and pauses; gone on with, it answers. */
export const claudePauses = (): readonly RawAnswer[] => [
  anthropic("pause_turn", 1, ...anthropicSearch(0)),
  anthropic("end_turn", 1, ...anthropicText(0, "It is 330 metres tall.", "The tower is 330 metres tall")),
];

/** Claude searches and wants a tool of ours as well; then it answers. */
export const claudeCalls = (name: string, input: object): readonly RawAnswer[] => [
  anthropic(
    "tool_use",
    1,
    ...anthropicSearch(0),
    ...anthropicText(2, "It is 330 metres tall.", "The tower is 330 metres tall"),
    ...block(
      3,
      { type: "tool_use", id: "toolu_1", name, input: {} },
      { type: "input_json_delta", partial_json: JSON.stringify(input) },
    ),
  ),
  anthropic("end_turn", 0, ...anthropicText(0, "That is all.")),
];

const call = {
  id: "ws_1",
  type: "web_search_call",
  status: "completed",
  action: { type: "search", queries: ["Eiffel tower height"], query: "Eiffel tower height" },
} as const;
const thought = { id: "rs_1", type: "reasoning", summary: [], encrypted_content: "gAAAAB" } as const;
/** What GPT wants back of its search within the turn: the one is refused without the other. */
export const searchItems = [thought, call] as const;

const completed = (usage: object, more: object = {}): object => ({
  type: "response.completed",
  response: { id: "resp_1", status: "completed", usage, ...more },
});
const itemDone = (item: object, output_index: number): object => ({
  type: "response.output_item.done",
  output_index,
  item,
});
const gptSearch = (): readonly object[] => [
  itemDone(thought, 0),
  { type: "response.output_item.added", output_index: 1, item: { ...call, status: "in_progress" } },
  { type: "response.web_search_call.in_progress", output_index: 1, item_id: "ws_1" },
  { type: "response.web_search_call.searching", output_index: 1, item_id: "ws_1" },
  { type: "response.web_search_call.completed", output_index: 1, item_id: "ws_1" },
  itemDone(call, 1),
];
const gptUsage = { input_tokens: 1_000, output_tokens: 100, total_tokens: 1_100 };

/** GPT searches, and links to what it found as OpenAI has it do. */
export const gptSearches = (): RawAnswer => {
  const link = (site: string, url: string): string => `([${site}](${url}?utm_source=openai))`;
  const parts = [
    `It is 330 metres tall. ${link("en.wikipedia.org", wikipedia)} `,
    `Six million people visit it. ${link("toureiffel.paris", official)}\n\nIt is iron. ${link("en.wikipedia.org", wikipedia)}`,
  ];
  const annotation = (url: string, title: string, annotation_index: number): object => ({
    type: "response.output_text.annotation.added",
    item_id: "msg_1",
    output_index: 2,
    content_index: 0,
    annotation_index,
    annotation: {
      type: "url_citation",
      start_index: 0,
      end_index: 10,
      url: `${url}?utm_source=openai`,
      title,
    },
  });
  const delta = (text: string): object => ({
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 2,
    content_index: 0,
    delta: text,
  });
  return {
    named: true,
    events: [
      { type: "response.created", response: { id: "resp_1", status: "in_progress", usage: null } },
      ...gptSearch(),
      {
        type: "response.output_item.added",
        output_index: 2,
        item: { id: "msg_1", type: "message", content: [] },
      },
      delta(parts[0] ?? ""),
      annotation(wikipedia, "Eiffel Tower - Wikipedia", 0),
      delta(parts[1] ?? ""),
      annotation(official, "The Eiffel Tower", 1),
      annotation(wikipedia, "Eiffel Tower - Wikipedia", 2),
      completed(gptUsage, { tool_usage: { web_search: { num_requests: 1 } } }),
    ],
  };
};

/** GPT searches and wants a tool of ours as well; then it answers. */
export const gptCalls = (name: string, input: object): readonly RawAnswer[] => [
  {
    named: true,
    events: [
      ...gptSearch(),
      itemDone(
        {
          type: "function_call",
          id: "fc_1",
          call_id: "call_1",
          name,
          arguments: JSON.stringify(input),
          status: "completed",
        },
        2,
      ),
      completed(gptUsage, { tool_usage: { web_search: { num_requests: 1 } } }),
    ],
  },
  gptSays("That is all."),
];

/** GPT answers without a search. */
export const gptSays = (delta: string): RawAnswer => ({
  named: true,
  events: [
    { type: "response.output_text.delta", item_id: "msg_2", output_index: 0, content_index: 0, delta },
    completed(gptUsage),
  ],
});

/** Perplexity's Agent API: found first, then an answer that names what was found by its number, one of them made up. */
export const sonarSearches = (): RawAnswer => {
  const results = [
    {
      id: 1,
      url: official,
      title: "The Eiffel Tower",
      snippet: "Six million visitors a year.",
      source: "web",
    },
    { id: 2, url: "https://example.org/unused", title: "Unused", snippet: "Nothing.", source: "web" },
    {
      id: 3,
      url: wikipedia,
      title: "Eiffel Tower - Wikipedia",
      snippet: "The tower is 330 metres tall.",
      source: "web",
    },
  ];
  const search = {
    arguments: "{}",
    call_id: "call_1",
    id: "fc_1",
    name: "search_web",
    type: "function_call",
  };
  const message = { content: null, id: "msg_1", role: "assistant", type: "message" };
  const said = ["It is 330 metres", " tall.[3] Six million people", " visit it.[1][3] It hums.[9]"];
  // No names of events, and nothing after the last: so it is on the wire.
  return {
    events: [
      { type: "response.created", response: { id: "resp_1", model: "perplexity/sonar", output: [] } },
      { type: "response.output_item.added", output_index: 0, item: search },
      { type: "response.reasoning.search_queries", queries: ["Eiffel tower height"], thought: "Searching" },
      { type: "response.reasoning.search_results", results, thought: "Found 3 results" },
      itemDone({ type: "search_results", queries: ["Eiffel tower height"], results }, 0),
      { type: "response.output_item.added", output_index: 1, item: message },
      ...said.map((delta) => ({
        type: "response.output_text.delta",
        item_id: "msg_1",
        output_index: 1,
        content_index: 0,
        delta,
      })),
      completed({
        input_tokens: 3_007,
        output_tokens: 37,
        total_tokens: 3_044,
        input_tokens_details: { cached_tokens: 3_004 },
        tool_calls_details: { search_web: { invocation: 1, cost_usd: 0.005 } },
        cost: {
          currency: "USD",
          input_cost: 0,
          output_cost: 0.00002,
          tool_calls_cost: 0.005,
          total_cost: 0.00505,
        },
      }),
    ],
  };
};
