// What is found in a capture that was made for a cause: ids with what each is about.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {inspectionOf, readCapture} from '../../source/core.ts';

const folder = fileURLToPath(new URL('../fixtures/causes/', import.meta.url));

export const causedFindings = (name: string): ReturnType<typeof inspectionOf>['findings'] => {
  const capture = readCapture(readFileSync(`${folder}${name}`));
  if (!capture.ok) throw new Error(`unreadable: ${name}`);
  return inspectionOf(capture.value).findings;
};

/** The ids of findings of a few kinds, in the order in which they are told. */
export const causedIds = (name: string, kinds: RegExp): readonly string[] =>
  (causedFindings(name) ?? []).flatMap((each) => {
    const [, id = ''] = JSON.stringify(each).match(/"id":"([^"]+)"/) ?? [];
    return kinds.test(id) ? [id] : [];
  });
