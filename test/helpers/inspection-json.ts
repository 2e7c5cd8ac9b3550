// What `inspect --json` prints, as one object: the program prints its lists entry by entry.
import {inspectionMembers, isList} from '../../source/observe/inspection-json.ts';

export const inspectionJson = (...told: Parameters<typeof inspectionMembers>) =>
  Object.fromEntries(
    inspectionMembers(...told).map(([name, value]) => [
      name,
      isList(value) ? Array.from({length: value.length}, (_, index) => value.entry(index)) : value,
    ]),
  );
