import { BaseSequencer, type TestSpecification } from "vitest/node";

/** They take a minute and more, most of it waiting: begun late, they would end alone. Others are as many as fill the gaps. */
const longest = [
  "test/cli/using.real.test.ts",
  "test/chaos.real.test.ts",
  "test/leak.real.test.ts",
  "test/bot/power-cut.test.ts",
];

/** The order of files where nobody knows yet how long each took, as in a fresh clone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
      return place < 0 ? longest.length : place;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- it is vitest's own, and changes nothing
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => rank(one) - rank(other));
  }
}
