// One file of sentences: a tree of messages with their places, as a person has written it.
import {isMap, isScalar, LineCounter, parseDocument, type YAMLMap} from 'yaml';

export type Message = {readonly key: readonly string[]; readonly text: string; readonly place: string};

/** Groups keep the order of the file. */
export type Entry = Message | {readonly key: readonly string[]; readonly entries: readonly Entry[]};

export type Topic = {readonly entries: readonly Entry[]; readonly problems: readonly string[]};

/** `file`: as it is named in what is wrong with it. */
export const readTopic = (source: string, file: string): Topic => {
  const lines = new LineCounter();
  const problems: string[] = [];
  const document = parseDocument(source, {lineCounter: lines});
  const at = (offset: number | undefined): string => {
    const {line, col} = lines.linePos(offset ?? 0);
    return `${file}:${line}:${col}`;
  };
  for (const {pos, message} of document.errors) problems.push(`${at(pos[0])}: ${message}`);
  const entriesOf = (map: YAMLMap, above: readonly string[]): readonly Entry[] =>
    map.items.flatMap(({key: name, value}): readonly Entry[] => {
      const key = [...above, String(name)];
      if (isMap(value)) return [{key, entries: entriesOf(value, key)}];
      const place = at(isScalar(value) ? value.range?.[0] : undefined);
      if (isScalar(value) && typeof value.value === 'string') return [{key, text: value.value, place}];
      problems.push(`${place}: ${key.join('.')} is no text\n  write a sentence, in quotes if need be`);
      return [];
    });
  const {contents} = document;
  return {entries: isMap(contents) ? entriesOf(contents, []) : [], problems};
};

export const messagesOf = (entries: readonly Entry[]): readonly Message[] =>
  entries.flatMap((entry) => ('text' in entry ? [entry] : messagesOf(entry.entries)));
