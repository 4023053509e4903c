import { type Chance, createChance } from './chance.ts';
import { list } from './envelopes.ts';

const small = 'the a of to in and is for on with by as it that from each every when not be are this'.split(' ');
const syllables =
  'ac ban cor del en for gen hub in jo ker lo mer nor ops pay queue re ser ta um ver wire ex yard zone'.split(' ');

/** How many words there are beside the small ones; a word near the beginning is met far more often. */
const vocabularySize = 20_000;

const vocabulary = toVocabulary(createChance(7));

function toVocabulary(chance: Chance): readonly string[] {
  const toWord = () => list(2 + chance.below(3), () => syllables[chance.below(syllables.length)]).join('');
  return list(vocabularySize, toWord);
}

/** As many words as asked for, the first one with a capital; as in prose, few of them are most of the text. */
export function toWords(count: number, chance: Chance): string {
  const words = list(count, () =>
    chance.below(5) < 2 ? small[chance.below(small.length)] : vocabulary[chance.low(chance.low(vocabularySize) + 1)],
  ).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
