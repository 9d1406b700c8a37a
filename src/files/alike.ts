import { hash } from "node:crypto";
import type { Embedder, Vector } from "../embedding/embeddings.ts";
import { likeness } from "../embedding/vectors.ts";
import type { VectorRun } from "./files.ts";
import type { Passage, Readable } from "./search.ts";

/** So many passages are embedded and kept at once. */
const runSize = 384;
/** So many passages are found whatever they are like, and so many at most where they stand out from the others. */
const fewest = 4;
const most = 12;
/** In standard deviations over the mean. */
const standsOut = 2;

/** Goes on embedding a file's passages, each run kept as it comes, until it fails or the time has come; all that there are by then. */
export async function embedOn(
  file: Readable,
  { texts, known }: { readonly texts: readonly string[]; readonly known: readonly VectorRun[] },
  embedder: Embedder,
  { until, tell }: { readonly until: number; readonly tell: (share: number) => void },
): Promise<readonly VectorRun[]> {
  const { model } = embedder;
  const runs = known.length > 0 ? [...known] : [...keptRuns(await file.vectors(), texts, model)];
  let done = runs.reduce((sum, { count }) => sum + count, 0);
  while (done < texts.length && Date.now() < until) {
    tell(done / texts.length);
    const next = texts.slice(done, done + runSize);
    const vectors = await embedder.embed(next);
    if (!vectors) break;
    const run = { model, start: done, count: next.length, sha256: hashOf(next), vectors: joined(vectors) };
    await file.keepVectors(run);
    runs.push(run);
    done += next.length;
  }
  return runs;
}

/** Those of this model that are of these very texts, from the first on without a gap. */
function* keptRuns(
  stored: readonly VectorRun[],
  texts: readonly string[],
  model: string,
): Generator<VectorRun> {
  let done = 0;
  for (const run of stored) {
    const isSame = run.start === done && run.model === model && run.count > 0;
    if (!isSame || run.sha256 !== hashOf(texts.slice(done, done + run.count))) return;
    done += run.count;
    yield run;
  }
}

const hashOf = (texts: readonly string[]): string => hash("sha256", JSON.stringify(texts));

function joined(vectors: readonly Vector[]): Vector {
  const [first] = vectors;
  const all = new Float32Array(vectors.length * (first?.length ?? 0));
  for (const [index, vector] of vectors.entries()) all.set(vector, index * vector.length);
  return all;
}

/** The passages that are most like what a vector stands for, the best first. */
export function alike(
  passages: readonly Omit<Passage, "score">[],
  runs: readonly VectorRun[],
  query: Vector,
): readonly Passage[] {
  const scores = runs.flatMap(({ count, vectors }) =>
    Array.from({ length: count }, (_, index) =>
      likeness(query, vectors.subarray(index * query.length, (index + 1) * query.length)),
    ),
  );
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length);
  const least = mean + standsOut * Math.sqrt(variance);
  return [...scores.entries()]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .filter(([, score], place) => place < fewest || score >= least)
    .flatMap(([index, score]) => {
      const passage = passages[index];
      return passage ? [{ ...passage, score }] : [];
    });
}
