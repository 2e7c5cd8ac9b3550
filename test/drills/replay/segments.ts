// Connections as they passed a point on the path, written a segment a line as packet analysers print them:
// `0.5 c PA 1:101 ack 1 win 500 sack 301-401 id 7 mss 1460 ws 7 ts 9/3`. Times in ms; `c` called; numbers count from each end's ISN.
import {fatesOf} from '../../../source/drills/replay/fates.ts';
import type {Seen, SeenConnection, Side} from '../../../source/drills/replay/seen.ts';
import type {Look} from '../../../source/drills/replay/streams.ts';
import type {Vantage} from '../../../source/drills/replay/vantage.ts';
import {Copies} from '../../../source/observe/copies.ts';
import {FateColumns, meaningOf} from '../../../source/observe/fate-columns.ts';
import {ObservedConnection} from '../../../source/observe/observed-connection.ts';
import {OctetStore} from '../../../source/observe/octet-store.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';

const letters = {S: 'SYN', F: 'FIN', R: 'RST', P: 'PSH', A: 'ACK', E: 'ECE', W: 'CWR'} as const;
const isLetter = (letter: string): letter is keyof typeof letters => letter in letters;

const flagsOf = (text: string): number =>
  [...text].reduce((flags, letter) => {
    if (!isLetter(letter)) throw new Error(`no flag is called ${letter}`);
    return flags | TcpFlag[letters[letter]];
  }, 0);

const optionsOf = (line: string): readonly TcpOption[] =>
  [...line.matchAll(/\b(mss|ws) (\d+)|\b(sackOK|ts)\b(?: (\d+)\/(\d+))?/g)].map((found): TcpOption => {
    const [, name, value, plain, val = '1', ecr = '0'] = found;
    if (plain === 'ts') return {kind: 'timestamps', val: Number(val), ecr: Number(ecr)};
    if (plain) return {kind: 'sackPermitted'};
    return name === 'mss' ? {kind: 'mss', mss: Number(value)} : {kind: 'windowScale', shift: Number(value)};
  });

const seenOf = (line: string, index: number): Omit<Seen, 'known'> => {
  const match = /^([\d.]+) ([cs]) ([A-Z]+) (\d+)(?::(\d+))?/.exec(line);
  if (!match) throw new Error(`no segment: ${line}`);
  const [, ms, letter, flagLetters = '', from, to] = match;
  const number = (name: string): number | undefined => {
    const found = new RegExp(` ${name} (\\d+)`).exec(line)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const flags = flagsOf(flagLetters);
  const end = Number(to ?? from);
  const length = end - Number(from) - [TcpFlag.SYN, TcpFlag.FIN].filter((flag) => flags & flag).length;
  const blocks = / sack ([\d,-]+)/.exec(line)?.[1]?.split(',') ?? [];
  return {
    packet: index + 1,
    atUs: Math.round(Number(ms) * 1000),
    side: letter === 'c' ? 0 : 1,
    seq: Number(from),
    end,
    ack: number('ack'),
    flags: flags | (line.includes(' ack ') ? TcpFlag.ACK : 0),
    length,
    // Each octet of a stream is its own number, so that a test sees which ones it got.
    bytes: Uint8Array.from({length}, (_, n) => Number(from) + n),
    window: number('win') ?? 1000,
    options: optionsOf(line),
    sack: blocks.map((block) => {
      const [left = 0, right = 0] = block.split('-').map(Number);
      return [left, right] as const;
    }),
    ipId: number('id') ?? 0,
  };
};

const isns = [seq(1000), seq(5000)] as const;

/** The account's verdicts on them, as if each were a frame. */
const judged = (segments: readonly Omit<Seen, 'known'>[]): readonly Seen[] => {
  const fates = new FateColumns();
  const ends = [
    {address: '192.0.2.1', port: 40_000},
    {address: '192.0.2.2', port: 80},
  ] as const;
  const observed = new ObservedConnection({id: 1, ends, frame: 1, atUs: 0, store: new OctetStore(0), fates});
  const copies = new Copies();
  for (const each of segments) {
    const {side, packet: frame, atUs, flags, window, length, options, bytes: data, ipId} = each;
    const [own, far] = side === 0 ? isns : [isns[1], isns[0]];
    const sack = each.sack.map(([left, right]) => ({left: seqAdd(far, left), right: seqAdd(far, right)}));
    const isSyn = (flags & TcpFlag.SYN) !== 0;
    const stamps = options.flatMap((option) => (option.kind === 'timestamps' ? [option.val] : []));
    const segment = {
      ...{frame, atUs, flags, window, length, data, sack, sacks: sack.length > 0},
      ...{seq: seqAdd(own, each.seq), ack: each.ack === undefined ? seq(0) : seqAdd(far, each.ack)},
      stamp: stamps[0],
      opening: isSyn ? {sackPermitted: true, timestamps: stamps.length > 0} : undefined,
    };
    observed.take(side, segment, copies.take(ipId, side, segment));
  }
  const known = (packet: number): Seen['known'] => {
    const {what} = meaningOf(fates.verdict(packet));
    if (what === 'unknown') return undefined;
    return what === 'lost' ? 'lost' : 'came';
  };
  return segments.map((each) => ({...each, known: known(each.packet)}));
};

export const connection = (...lines: readonly string[]): SeenConnection => ({
  ends: [
    {host: 'client', ip: '192.0.2.1', port: 40_000, isn: isns[0]},
    {host: 'server', ip: '192.0.2.2', port: 80, isn: isns[1]},
  ],
  answered: true,
  segments: judged(lines.map(seenOf)),
});

/** Captured at that many ms from the client, and from the server. */
export const seenFrom = (toClientMs: number, toServerMs: number): Vantage => ({
  distanceUs: [toClientMs * 1000, toServerMs * 1000],
  delayUs: (toClientMs + toServerMs) * 1000,
  guessed: false,
});

export const lookAt = (seen: SeenConnection, vantage: Vantage): Look => ({
  seen,
  vantage,
  fates: fatesOf(seen, vantage),
});

export const sides = {client: 0, server: 1} as const satisfies {readonly [name: string]: Side};
