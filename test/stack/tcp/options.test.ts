// Oracles: RFC 9293 §3.7.1 (MSS), RFC 7323 §2.2, §2.3, §3.2 and appendix A, RFC 2018 §2 to §4, RFC 2883 §4; octets as Linux and FreeBSD
// lay them out (RFC 7323 appendix A: timestamps on a word's boundary).
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import type {TcpEnv} from '../../../source/stack/tcp/effect.ts';
import {
  ackOptions,
  defaultMss,
  negotiate,
  sackBytes,
  segmentBytes,
  synOptions,
} from '../../../source/stack/tcp/options.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const short: {readonly [kind in TcpOption['kind']]?: string} = {nop: '.', eol: '0', sackPermitted: 'sack'};
const brief = (options: readonly TcpOption[]): string =>
  options.map(({kind}) => short[kind] ?? kind).join(' ');

const settings = (change: Partial<TcpSettings> = {}): TcpSettings => ({
  ...{...profiles.linux, timestamps: true, sackPermitted: true, windowScale: 7, noOptions: false},
  ...change,
});

describe('on a SYN', () => {
  const bare = {timestamps: false, sackPermitted: false} as const;
  test.each<[Partial<TcpSettings>, string, string]>([
    [{}, 'mss sack timestamps . windowScale', 'mss . windowScale sack timestamps'],
    [{sackPermitted: false}, 'mss . . timestamps . windowScale', 'mss . windowScale . . timestamps'],
    [{timestamps: false}, 'mss . . sack . windowScale', 'mss . windowScale sack 0 0'],
    [bare, 'mss . windowScale', 'mss . windowScale'],
    [{windowScale: 'off'}, 'mss sack timestamps', 'mss sack timestamps'],
    [{...bare, windowScale: 'off'}, 'mss', 'mss'],
    [{noOptions: true}, '', ''],
  ])('%o', (change, sackFirst, scaleFirst) => {
    const layout = (synOptionLayout: TcpSettings['synOptionLayout']) =>
      brief(synOptions(settings({...change, synOptionLayout})));
    expect([layout('sack-first'), layout('scale-first')]).toEqual([sackFirst, scaleFirst]);
  });

  test('values; the answer has only what was offered', () => {
    expect(synOptions(settings({mss: 1400}))).toMatchObject([
      ...[{mss: 1400}, {}, {val: 0, ecr: 0}, {}, {kind: 'windowScale', shift: 7}],
    ]);
    const answered = (...offered: readonly TcpOption[]) => brief(synOptions(settings(), offered));
    expect(answered()).toBe('mss');
    expect(answered({kind: 'windowScale', shift: 1})).toBe('mss . windowScale');
    expect(answered({kind: 'sackPermitted'})).toBe('mss . . sack');
    expect(answered({kind: 'timestamps', val: 1, ecr: 0})).toBe('mss . . timestamps');
  });
});

describe('what both agree on', () => {
  const agreed = (options: readonly TcpOption[], change: Partial<TcpSettings> = {}, ip = '192.0.2.1') => {
    const env: TcpEnv = {nowUs: 5, settings: settings({leastSendMss: 48, ...change}), isn: () => seq(0)};
    return negotiate(env, made('A', {flags: TcpFlag.SYN, options}), ip);
  };
  const mss = (value: number): TcpOption => ({kind: 'mss', mss: value});
  const stamp: TcpOption = {kind: 'timestamps', val: 77, ecr: 0};

  test('the lesser MSS, that of the protocol where none is told, and what options leave of it', () => {
    expect([agreed([mss(1000)]).mss, agreed([mss(9000)]).mss]).toEqual([1000, profiles.linux.mss]);
    expect([agreed([]).mss, agreed([mss(0)]).mss, agreed([], {}, '2001:db8::1').mss]).toEqual([
      536, 536, 1220,
    ]);
    expect([defaultMss('192.0.2.1'), defaultMss('::1')]).toEqual([536, 1220]);
    expect(agreed([mss(1000), stamp])).toMatchObject({
      ...{mss: 988, pathMss: 988, timestampsOn: true, tsRecent: 77, tsRecentUs: 5},
    });
    expect([agreed([mss(10)]).mss, agreed([mss(10), stamp]).mss]).toEqual([48, 36]);
    expect(agreed([mss(1), stamp], {leastSendMss: 1}).mss).toBe(1);
  });

  test('scales of both or none; 14 is the largest', () => {
    const scale = (shift: number): TcpOption => ({kind: 'windowScale', shift});
    expect(agreed([scale(3)]).scale).toEqual({snd: 3, rcv: 7});
    expect(agreed([scale(15)]).scale).toEqual({snd: 14, rcv: 7});
    const none = {snd: 0, rcv: 0};
    expect([agreed([]).scale, agreed([scale(3)], {windowScale: 'off'}).scale]).toEqual([none, none]);
    expect(agreed([scale(3)], {noOptions: true}).scale).toEqual(none);
  });

  test('SACK and timestamps where both offer them', () => {
    const sack: TcpOption = {kind: 'sackPermitted'};
    const told = (options: readonly TcpOption[], change: Partial<TcpSettings> = {}) => {
      const {sackPermitted, timestampsOn} = agreed(options, change);
      return [sackPermitted, timestampsOn];
    };
    expect(told([sack, stamp])).toEqual([true, true]);
    expect(told([])).toEqual([false, false]);
    expect(told([sack, stamp], {sackPermitted: false, timestamps: false})).toEqual([false, false]);
    expect(told([sack, stamp], {noOptions: true})).toEqual([false, false]);
  });
});

describe('on what carries ACK', () => {
  const blockAt = (at: number, age: number) => ({seq: seq(at), data: rope(10), age});
  const waiting = [blockAt(2000, 1), blockAt(3000, 4), blockAt(4000, 2), blockAt(5000, 3), blockAt(6000, 5)];
  const lefts = (change: Partial<Connection>): readonly number[] =>
    ackOptions(turnWith({rcv: {...fresh.rcv, nxt: seq(1000)}, sackPermitted: true, ...change}).tcb)
      .flatMap((option) => (option.kind === 'sack' ? option.blocks : []))
      .map(({left}) => left);

  test('the newest blocks first: four, three beside timestamps, a duplicate before them', () => {
    expect(lefts({reassembly: waiting})).toEqual([6000, 3000, 5000, 4000]);
    expect(lefts({reassembly: waiting, timestampsOn: true})).toEqual([6000, 3000, 5000]);
    const duplicate = {left: seq(900), right: seq(950)};
    expect(lefts({reassembly: waiting, duplicate, timestampsOn: true})).toEqual([900, 6000, 3000]);
    expect(lefts({duplicate})).toEqual([900]);
    expect(lefts({reassembly: waiting, sackPermitted: false})).toEqual([]);
    expect(lefts({})).toEqual([]);
    const sackList = [7000, 8000].map((at) => ({left: seq(at), right: seq(at + 1)}));
    expect(lefts({reassembly: waiting, sackList})).toEqual([7000, 8000]);
    expect(lefts({sackList: []})).toEqual([]);
  });

  test('in words of four octets; how much they take', () => {
    const tcb = (change: Partial<Connection> = {}) =>
      turnWith({sackPermitted: true, reassembly: waiting.slice(0, 2), ...change}).tcb;
    expect(brief(ackOptions(tcb()))).toBe('. . sack');
    expect(brief(ackOptions(tcb({timestampsOn: true})))).toBe('. . timestamps . . sack');
    expect(brief(ackOptions(tcb({sackPermitted: false, timestampsOn: true})))).toBe('. . timestamps');
    expect([sackBytes(tcb()), sackBytes(tcb({reassembly: []}))]).toEqual([20, 0]);
    expect(segmentBytes({...fresh, mss: 1448, timestampsOn: true})).toBe(1460);
    expect(segmentBytes({...fresh, mss: 1448})).toBe(1448);
  });
});
