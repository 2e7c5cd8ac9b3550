// Labels of packets that carry HTTP. Oracle: methods, targets, statuses and frames of the captures' side files.

import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {packetOf as packetIn} from '../../../source/account/packet.ts';
import {openCapture} from '../../../source/io/capture.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {labelOf} from '../../../source/view/ladder/label.ts';
import type {Question} from '../../../source/view/time/waypoints.ts';
import {captureFolder} from '../../wire/captures.ts';

type Told = {
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly requestFrame: number;
  readonly responseFrame: number;
};
const known: {readonly exchanges: {readonly [name: string]: readonly Told[]}} = JSON.parse(
  readFileSync(`${captureFolder}http.json`, 'utf8'),
);

const captured = async (name: string): Promise<Trace> => {
  const opened = await openCapture(captureFolder + name);
  if (!opened.ok) throw new Error(`unreadable: ${name}`);
  return opened.value.trace;
};

const label = (trace: Trace, id: number, questions: readonly Question[] = []) =>
  labelOf(trace, packetIn(trace, id), {relative: true, questions});
const words = (trace: Trace, id: number): string | undefined =>
  label(trace, id).find(({kind}) => kind === 'http')?.value;

test.each(Object.keys(known.exchanges))(
  '%s: every exchange of the side file is in the labels of its frames',
  async (name) => {
    const trace = await captured(name);
    const exchanges = known.exchanges[name] ?? [];
    for (const {method, target, status, requestFrame, responseFrame} of exchanges) {
      const labelled = words(trace, requestFrame)?.replace('… ', '').replace('…', '');
      const carried = exchanges.filter((each) => each.requestFrame === requestFrame);
      const told = carried.map((each) => `${each.method} ${each.target}`);
      // Several in one packet are all told, in their order; a single one may be cut.
      expect(labelled).toBe(told.length > 1 ? told.join(', ') : `${method} ${target}`.slice(0, 40));
      expect(words(trace, responseFrame)?.replace('… ', '')).toMatch(new RegExp(`^${status} `));
    }
    for (let id = 1; id <= trace.packetCount; id++) {
      const told = label(trace, id);
      const length = told.find(({kind}) => kind === 'len');
      if (told.some(({kind}) => kind === 'http')) expect(length, `${id}`).toBeDefined();
    }
  },
);

test('the segments of a long response say that they continue it, all but the first', async () => {
  const trace = await captured('14k-http-large-download.pcap');
  const [exchange] = known.exchanges['14k-http-large-download.pcap'] ?? [];
  const all = Array.from({length: trace.packetCount}, (_, index) => words(trace, index + 1));
  const told = all.filter((each) => each?.includes('200 OK'));
  expect(told[0]).toBe('200 OK');
  expect(new Set(told.slice(1))).toEqual(new Set(['… 200 OK']));
  expect(all[(exchange?.responseFrame ?? 0) - 1]).toBe('… 200 OK');
});

test('what a question asks of a message is blank in all of its packets', async () => {
  const trace = await captured('14k-http-large-download.pcap');
  const [first = 0, second = 0] = Array.from({length: trace.packetCount}, (_, index) => index + 1).filter(
    (id) => words(trace, id)?.includes('200 OK'),
  );
  const question = (field: string): Question => ({
    kind: 'prediction',
    index: 0,
    event: 1,
    ask: everywhere({en: '', zh: ''}),
    choices: [],
    show: [],
    panels: undefined,
    hint: undefined,
    explain: undefined,
    rfc: undefined,
    hides: {packet: first, fields: [field]},
  });
  const blank = (id: number, field: string): boolean =>
    label(trace, id, [question(field)]).some(({kind, hidden}) => kind === 'http' && hidden);
  expect(blank(first, 'http.response.code')).toBe(true);
  expect(blank(second, 'http.response.code')).toBe(true);
  expect(blank(first, 'tcp.window_size_value')).toBe(false);
});
