// What `inspect --json` prints, as one object: the program prints its lists entry by entry.
import {inspectionMembers, isList, type JsonList} from '../../source/observe/inspection-json.ts';

export const inspectionJson = (...told: Parameters<typeof inspectionMembers>) =>
  Object.fromEntries(
    inspectionMembers(...told).map(([name, value]) => [
      name,
      isList(value)
        ? Array.from({length: value.length}, (_, index) => asInSideFiles(value.entry(index)))
        : asInSideFiles(value),
    ]),
  );

type Entry = ReturnType<JsonList['entry']>;

/** Without what they do not tell. */
const asInSideFiles = (entry: Entry): Entry =>
  entry === null || typeof entry !== 'object'
    ? entry
    : Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'timing' && name !== 'group'));
