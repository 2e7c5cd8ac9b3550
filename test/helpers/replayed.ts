// Connections of captures and of exported runs, simulated again, and how many of their packets are alike.

import {type Agreement, agreementOf} from '../../source/drills/replay/agreement.ts';
import type {Replayed} from '../../source/drills/replay/from-capture.ts';
import {replayOf} from '../../source/drills/replay/path-times.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {simulate} from '../../source/sim/simulate.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {readBytes} from '../wire/captures.ts';

export type Again = {
  readonly capture: Trace;
  readonly replayed: Replayed;
  readonly simulated: Trace;
  readonly agreement: Agreement;
};

/** Each connection of a capture file by its number; a text where it is refused. `keep`: of all frames those. */
export const replaysOf = (
  file: Buffer,
  most: number,
  keep: (bytes: Uint8Array, frame: number) => boolean = () => true,
): readonly (Again | string)[] => {
  const records = readBytes(file).records.filter(({bytes}, index) => keep(bytes, index + 1));
  const counted = new CaptureIndex();
  for (const record of records) counted.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return Array.from({length: Math.min(most, counted.connectionCount)}, (_, index) => {
    const only = new CaptureIndex({only: index + 1});
    for (const record of records) only.add(record);
    return replayed(only.trace({source: 'capture', read}));
  });
};

const replayed = (capture: Trace): Again | string => {
  const result = replayOf(capture);
  if (!result.ok) return result.error;
  const about = {source: 'capture', run: 'simulated'};
  const simulated = simulate(scenarioOf(result.value.run), about);
  return {capture, replayed: result.value, simulated, agreement: agreementOf(result.value, simulated)};
};

/** The run as pcapng; `at`: as that host saw it. */
export const exported = (trace: Trace, at: string | undefined): Buffer =>
  Buffer.concat([...(captureFile({trace, format: 'pcapng', at, language: 'en', application: 'test'}) ?? [])]);

export const isWhole = ({agreement: {alike, captured, extra}}: Again): boolean =>
  alike === captured && extra === 0;

export type Tally = {connections: number; whole: number; packets: number; alike: number; extra: number};

export const tallyOf = (all: readonly Again[]): Tally => {
  const tally = {connections: all.length, whole: 0, packets: 0, alike: 0, extra: 0};
  for (const again of all) {
    tally.whole += isWhole(again) ? 1 : 0;
    tally.packets += again.agreement.captured;
    tally.alike += again.agreement.alike;
    tally.extra += again.agreement.extra;
  }
  return tally;
};

export const told = ({connections, whole, packets, alike, extra}: Tally): string =>
  `${whole} of ${connections} connections alike in every packet; ${alike} of ${packets} packets alike, ${extra} only simulated`;
