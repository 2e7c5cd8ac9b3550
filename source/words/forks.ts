// The words of the tree of runs.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** Runs of a lesson have letters; their titles stand in the same list. */
const lettered = (title: string): string => /^[A-Z](?=[:：])/.exec(title)?.[0] ?? title;

/** What the end of a lesson offers that compares two of its runs. */
export const besideText = ([a, b]: readonly [Text, Text]): Text =>
  text(
    `Side by side: ${lettered(a.en)} | ${lettered(b.en)}`,
    `并排对比：${lettered(a.zh)} | ${lettered(b.zh)}`,
  );
