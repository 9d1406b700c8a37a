import { type CircuitChange, createCircuit, type Pause, weigh } from "./circuit.ts";
import { ProviderError } from "./provider.ts";
import { untilAborted } from "./retry.ts";

/** Leave to call a model once. What is told after the circuit has changed for other reasons counts no more. */
export interface Pass {
  /** The model has begun to answer. */
  succeed(): void;
  /** The call failed, before or after it began to answer. `question` tells it from others, however often it is asked. */
  fail(error: ProviderError, question: string): void;
  /** The call is over. Without a word before, as after a stop, nothing was learned. */
  leave(): void;
}

/** The circuit of one model at one provider. */
export interface Breaker {
  /** Undefined while the model is not to be called. */
  enter(): Pass | undefined;
  /**
   * A pass though the pause is not over, for who has nobody else to ask. There is one probe at a time: who comes
   * while it runs waits for it, and gets no pass when it failed. Rejects with the signal's reason when aborted.
   */
  force(signal: AbortSignal): Promise<Pass | undefined>;
  /** When the pause is over, by the given clock; 0 while there is none. */
  readonly opensAt: number;
  /** Why the model is not to be called, with what is left of the wait that the vendor asked for. */
  readonly complaint: ProviderError | undefined;
}

export interface BreakerOptions {
  /** Told of each change once; `model` is `provider/model`. */
  onChange(model: string, change: CircuitChange): void;
  /** A clock in milliseconds, and a number from 0 to 1; for tests. */
  readonly now?: () => number;
  readonly random?: () => number;
}

/** People may ask for models by any name: what is remembered of them is bounded. */
const mostModels = 256;

/** The circuits of all models by `provider/model`; to be shared by all who call them. */
export function createBreakers(options: BreakerOptions): (model: string) => Breaker {
  const breakers = new Map<string, Breaker>();
  return (model) => {
    const known = breakers.get(model);
    if (known) return known;
    const [oldest] = breakers.keys();
    if (oldest !== undefined && breakers.size >= mostModels) breakers.delete(oldest);
    const made = createBreaker(model, options);
    breakers.set(model, made);
    return made;
  };
}

function createBreaker(model: string, options: BreakerOptions): Breaker {
  const { now = () => performance.now(), random = Math.random } = options;
  const onChange = (change: CircuitChange): void => options.onChange(model, change);
  const circuit = createCircuit({ onChange, now, random });
  let probing: Pass | undefined;

  function makePass(): Pass {
    const begun = now();
    /** The pause that this call probes, if it does. */
    const probed = (): Pause | undefined =>
      circuit.state.type === "probing" && probing === pass ? circuit.state.pause : undefined;
    const pass: Pass = {
      succeed() {
        if (probed()) circuit.close();
        else if (circuit.state.type === "closed") circuit.record(false, begun);
      },
      fail(error, question) {
        // It may never have come as far as the model.
        if (error.kind === "unfit") return pass.leave();
        const weight = weigh(error);
        const pause = probed();
        // A complaint about the request is an answer too.
        if (weight === "none") pass.succeed();
        else if (pause) circuit.open(error, pause.earlier + 1);
        else if (circuit.state.type === "closed" && isDown(circuit, weight, { question, begun }))
          circuit.open(error, 0);
      },
      leave() {
        const pause = probed();
        if (pause) circuit.giveBack(pause);
      },
    };
    return pass;
  }

  function probe(pause: Pause): Pass {
    circuit.probe(pause);
    probing = makePass();
    return probing;
  }

  return {
    enter() {
      const { state } = circuit;
      if (state.type === "closed") return makePass();
      return state.type === "open" && state.pause.until <= now() ? probe(state.pause) : undefined;
    },
    async force(signal) {
      for (;;) {
        const { state } = circuit;
        if (state.type === "closed") return makePass();
        if (state.type === "open") return probe(state.pause);
        if (await untilAborted(state.failed.promise, signal)) return undefined;
      }
    },
    get opensAt() {
      return circuit.state.type === "closed" ? 0 : circuit.state.pause.until;
    },
    get complaint() {
      return circuit.state.type === "closed" ? undefined : withWaitFrom(circuit.state.pause, now());
    },
  };
}

/** Whether the way is to be closed after this failure. */
function isDown(
  circuit: ReturnType<typeof createCircuit>,
  weight: ReturnType<typeof weigh>,
  { question, begun }: { readonly question: string; readonly begun: number },
): boolean {
  if (weight === "to-confirm") return circuit.isConfirmed(question);
  return circuit.record(true, begun) || weight === "all";
}

function withWaitFrom({ error, until }: Pause, now: number): ProviderError {
  const { kind, provider, message, retryAfterMs } = error;
  if (retryAfterMs === undefined) return error;
  return new ProviderError(kind, { provider, message, cause: error, retryAfterMs: Math.max(0, until - now) });
}
