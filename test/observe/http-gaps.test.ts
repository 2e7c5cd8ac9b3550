// Captures that lack a frame. Oracle: the side files of the whole ones: what is told of a request may be less, but nothing else,
// and an answer is that of its own request (RFC 9112 §9.3).
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {exchangesAt} from '../../source/observe/http-exchanges.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';
import {some} from '../helpers/seeds.ts';
import {readBytes} from '../wire/captures.ts';

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));

type Known = {readonly method: string; readonly target: string; readonly status: number | null};

const whole = (
  name: string,
): {records: readonly CaptureRecord[]; file: Uint8Array; http: readonly Known[]} => {
  const file = readFileSync(`${folder}${name}.pcap`);
  const {http} = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
  return {records: readBytes(file).records, file, http};
};

/** `GET /a 200` of every request that has a whole answer. */
type Said = readonly string[];

const inspected = (records: readonly CaptureRecord[]): Said => {
  const inspector = new CaptureInspector();
  for (const record of records) inspector.add(record);
  inspector.finish();
  return inspector.connections
    .flatMap(({streams}) => streams?.http ?? [])
    .flatMap(({request, response}) => {
      const {method, target} = request.head.start;
      return response?.frame === undefined ? [] : [`${method} ${target} ${response.head.start.status}`];
    });
};

const played = (records: readonly CaptureRecord[], file: Uint8Array): Said => {
  const index = new CaptureIndex({});
  for (const record of records) index.add(record);
  const read = (offset: number, length: number): Uint8Array => file.subarray(offset, offset + length);
  const trace = index.trace({source: 'gaps', read});
  return exchangesAt(trace, trace.length).flatMap(({request, response}) => {
    const [asked, answer] = [request?.head.start, response?.head.start];
    if (asked?.kind !== 'request' || answer?.kind !== 'response' || !response?.whole) return [];
    return [`${asked.method} ${asked.target} ${answer.status}`];
  });
};

describe.each(['captures-made/http-python', 'captures-made/http-lax-responses'])('%s', (name) => {
  const {records, file, http} = whole(name);
  const answers = http.flatMap(({method, target, status}) =>
    status === null ? [] : [`${method} ${target} ${status}`],
  );

  it('is told alike with nothing missing', () => {
    expect(inspected(records)).toEqual(answers);
    expect(played(records, file).toSorted()).toEqual(answers.toSorted());
  });

  it.each(['inspect', 'play'])('%s: without any one frame no request has the answer of another', (way) => {
    const wrong: string[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (const gone of some([...records.keys()], 4)) {
      const left = records.toSpliced(gone, 1);
      const said = way === 'inspect' ? inspected(left) : played(left, file);
      least = Math.min(least, said.length);
      wrong.push(...said.filter((each) => !answers.includes(each)).map((each) => `${gone + 1}: ${each}`));
    }
    expect(wrong).toEqual([]);
    // One frame takes one answer with it, of a small response; behind it all is read on.
    expect(least).toBeGreaterThanOrEqual(answers.length - 2);
  });
});
