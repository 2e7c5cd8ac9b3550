// A capture of 100,000 packets that is looked at while somebody makes it (`play -`): what the next look costs the processors, ten packets
// after the one before, from the packets to the lines of the screen.
import process from 'node:process';
import {nodeCrypto} from '../source/io/crypto.ts';
import {type CapturedTrace, CaptureIndex} from '../source/observe/capture-trace.ts';
import {unlockWith} from '../source/stack/tls/recorded/unlock.ts';
import {withCommentary} from '../source/view/story/commentary.ts';
import {pacing} from '../source/view/time/pacing.ts';
import {playback, startPlayback} from '../source/view/time/playback.ts';
import {CaptureReader} from '../source/wire/pcap/reader.ts';
import type {CaptureRecord} from '../source/wire/pcap/record.ts';
import {parseKeyLog} from '../source/wire/tls/key-log.ts';
import {encodeUtf8} from '../source/wire/utf8.ts';
import {type Mix, mixes} from './capture-mixes.ts';
import {figure} from './figures.ts';
import {longConnections} from './long-connections.ts';
import {median} from './measure.ts';
import {screenLines} from './screen-lines.ts';

const packets = 100_000;
const newPackets = 10;
/** Before anything counts: by then what a look runs through is compiled. */
const warmingUp = 10;
const looks = 25;
const mostMs = 100;

const pieceOctets = 1 << 16;

/** As they come; nobody keeps them. */
function* recordsIn(file: Uint8Array): Generator<CaptureRecord> {
  const reader = new CaptureReader();
  for (let at = 0; at < file.length; at += pieceOctets)
    yield* reader.push(file.subarray(at, at + pieceOctets)).records;
}

/** As the program opens it: of QUIC the first packets need no secrets (RFC 9001 §5.2). */
const openedWith = (
  keys: string | undefined,
): ((trace: CapturedTrace, sawQuic: boolean) => CapturedTrace) => {
  const log = parseKeyLog(encodeUtf8(keys ?? ''));
  const secrets = {log, unlock: unlockWith(nodeCrypto)};
  return (closed, sawQuic) => {
    const trace = sawQuic ? closed.withQuic({crypto: nodeCrypto, log}) : closed;
    return keys === undefined ? trace : trace.withKeys(secrets);
  };
};

/** What each look takes of the processors, in ms, as the program looks: its collecting of garbage, too. */
function* costs(mix: Mix): Generator<number> {
  const file = Buffer.concat([...mix.make()]);
  const records = recordsIn(file);
  const opened = openedWith(mix.keys);
  const index = new CaptureIndex({contents: true});
  const read = (offset: number, length: number): Uint8Array => file.subarray(offset, offset + length);
  let state = startPlayback({
    language: 'en',
    motion: 'none',
    speed: 1,
    stopAtBeats: false,
    playing: false,
  });
  const first = packets - (warmingUp + looks) * newPackets;
  for (let [taken, end] = [0, first]; end <= packets; end += newPackets) {
    const before = process.cpuUsage();
    for (; taken < end; taken++) {
      const {value, done} = records.next();
      if (!done) index.add(value);
    }
    const trace = opened(index.trace({source: 'bench', read}), index.inspector.sawQuic);
    const beats = withCommentary(trace, []);
    const context = {trace, pacing: pacing(trace), beats, whatIfs: 0};
    state = playback(state, {kind: 'standAt', viewMs: context.pacing.durationMs}, context);
    screenLines(context, state);
    const {user, system} = process.cpuUsage(before);
    yield (user + system) / 1000;
  }
}

export const measureLook = (wanted = ''): void => {
  console.log(`look: ${newPackets} packets more after ${packets}, middle of ${looks}`);
  for (const mix of [...mixes, ...longConnections]) {
    if (mix.gzip || !mix.name.includes(wanted)) continue;
    const counted = [...costs(mix)].slice(-looks);
    figure({name: `a look, ${mix.name}`, unit: 'ms', value: median(counted), reach: {most: mostMs}});
  }
};
