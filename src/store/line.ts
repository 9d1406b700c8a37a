/** Runs jobs one after the other, in the order of the calls. */
export function createLine(): <Result>(job: () => Result | Promise<Result>) => Promise<Result> {
  let tail: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = tail.then(job);
    tail = result.catch(() => undefined);
    return result;
  };
}
