/** Larger files than this are never read. */
export const maxBlobBytes = 20 * 1024 * 1024;

/** More blobs of one repository than this come with git: it takes three requests, however many they are. */
const mostAsked = 10;
const blobsOfQuestion = 100;

type Need<Source> = { source: Source; oids: string[] };

/**
 * The questions that meet needs of a few texts each: those of repositories with the same client together, at most a
 * hundred texts a question, which costs one point. Needs of more are left to git.
 */
export function planQuestions<Source extends { client: unknown }>(needs: readonly Need<Source>[]): Need<Source>[][] {
  const few = needs.filter(({ oids }) => oids.length <= mostAsked);
  return [...Map.groupBy(few, ({ source }) => source.client).values()].flatMap(toBatches);
}

function toBatches<Source>(needs: readonly Need<Source>[]): Need<Source>[][] {
  const batches: Need<Source>[][] = [];
  let room = 0;
  for (const need of needs) {
    if (need.oids.length > room) {
      batches.push([]);
      room = blobsOfQuestion;
    }
    batches.at(-1)?.push(need);
    room -= need.oids.length;
  }
  return batches;
}
