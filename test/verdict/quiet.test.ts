// Oracle: the same segments explained as they pass. A quiet connection, which is explained only if somebody asks, gives the same findings and explanations.
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import type {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {findingsIn} from '../../source/verdict/verdicts.ts';
import {some} from '../helpers/seeds.ts';
import {captureFiles, readCapture} from '../wire/captures.ts';

const inspectorOf = (name: string, explains: true | 'if-asked'): CaptureInspector => {
  const inspector = new CaptureInspector({explains});
  for (const record of readCapture(name).records) inspector.add(record);
  inspector.finish();
  return inspector;
};

const foundIn = (inspector: CaptureInspector) =>
  findingsIn({
    ...allShown(inspector, capturedTls(inspector.connections, undefined)),
    ...{inspector, quic: []},
  });

/** What explains a connection's segments, as far as it can be asked for. */
const explanationOf = (connection: ObservedConnection) => {
  const {silence, openingFrames: opens, resets, lastStand} = connection.notes;
  const {syns, synAcks, lateSyns, lateSynAcks, unheeded, third, asked, served} = opens;
  return {
    ...{silence, strayed: resets.strayed, breakOff: lastStand.breakOff, wentOn: lastStand.wentOn},
    ...{syns, synAcks, lateSyns, lateSynAcks, unheeded, third, asked, served},
    ways: ([0, 1] as const).map((side) => {
      const {gaps, resendings, sizes, queuedUs} = connection.reasons(side);
      return {
        ...{
          waiting: lastStand.waiting(side),
          closed: lastStand.closed(side),
          heard: lastStand.heardFrame(side),
        },
        ...{gaps: gaps.counts, open: gaps.openOctets, again: resendings.count, stuck: sizes.stuck, queuedUs},
        ...{lost: connection.lost(side), most: connection.notes.most(side)},
      };
    }),
  };
};

test.each(some(captureFiles, 24))('%s', (name) => {
  const [asked, whole] = [inspectorOf(name, 'if-asked'), inspectorOf(name, true)];
  const queued = ({connections}: CaptureInspector) =>
    connections.map((each) => [
      each.queuedUs(0),
      each.queuedUs(1),
      each.ending.lastStand,
      each.ending.resets.strayed,
    ]);
  expect(foundIn(asked)).toEqual(foundIn(whole));
  expect(queued(asked)).toEqual(queued(whole));
  expect(asked.connections.map(explanationOf)).toEqual(whole.connections.map(explanationOf));
});

test('connections on which nothing unusual passes are quiet until somebody asks', () => {
  const {connections} = inspectorOf('01a-client-close-idle.pcap', 'if-asked');
  expect(connections.map(({isQuiet}) => isQuiet)).toEqual([true]);
  expect(connections[0]?.notes.silence?.us).toBeGreaterThan(0);
  expect(connections[0]?.isQuiet).toBe(false);
});
