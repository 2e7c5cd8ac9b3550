// What a host's `tcp:` is where a lesson says nothing. Oracles: that a word's text is what a lesson would write for it; RFC 6298 §2, RFC 9293
// §3.8.3 and §3.4.1, Linux's net/ipv4 (ip-sysctl.rst), FreeBSD's tcp(4).
import {describe, expect, test} from 'vitest';
import {settingDefault} from '../../../source/lesson/tcp/setting-defaults.ts';
import {type TcpFile, tcpChanges, tcpSettingsSchema} from '../../../source/lesson/tcp/settings.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';

/** Its text where the profile says what the lesson could have said. */
const readBack = (written: TcpFile): string | undefined => {
  const [word = ''] = Object.keys(written);
  return settingDefault(word, {own: {...profiles.linux, ...tcpChanges(written)}})?.defaults['own'];
};

describe('as a lesson would write it', () => {
  const cases: readonly TcpFile[] = [
    ...[
      {mss: 999},
      {rcvBuffer: 70_000},
      {sndBuffer: 70_001},
      {windowScale: 3},
      {windowScale: 'off'} as const,
    ],
    ...[{sack: true}, {sack: false}, {nagle: true}, {nagle: false}, {offload: true}, {offload: false}],
    ...[{initialRto: '7s'}, {minRto: '8ms'}, {maxRto: '9s'}, {timeWait: '11s'}],
    ...[{rtoAfterSynTimeout: '5s'}, {rtoAfterSynTimeout: 'off'}, {finTimeout: '6s'}, {finTimeout: 'off'}],
    ...[{userTimeout: '12s'}, {userTimeout: 'off'}],
    ...[{synRetries: 21}, {synLinearTimeouts: 22}, {synAckRetries: 23}, {dataRetries: 24}, {backlog: 25}],
    ...(['off', 'onOverflow', 'always'] as const).map((synCookies) => ({synCookies})),
    ...[{synCache: 26}, {synCache: 'off'} as const],
    ...(['drop', 'recycle'] as const).map((synOverflow) => ({synOverflow})),
    ...(['ignore', 'reset'] as const).map((acceptOverflow) => ({acceptOverflow})),
    ...([10, 'rfc5681', 'rfc6928'] as const).map((initialWindow) => ({initialWindow})),
    ...(['off', 'request', 'accept'] as const).map((ecn) => ({ecn})),
    ...(['reno', 'cubic'] as const).map((cc) => ({cc})),
  ];

  test.each(cases.map((written) => [JSON.stringify(written), written] as const))('%s', (_, written) => {
    const [value] = Object.values(written);
    // RFC 6928's window is the one that is called 10.
    expect(readBack(written)).toBe(value === 'rfc6928' ? '10' : String(value));
  });

  test('keep-alive is on or off', () => {
    expect(readBack({keepAlive: {idle: '1s'}})).toBe('on');
    expect(readBack({keepAlive: 'off'})).toBe('off');
  });

  test('a time of 0 is a time, unless it stands for never', () => {
    const own = {...profiles.linux, timeWaitUs: 0, finTimeoutUs: 0};
    expect(settingDefault('timeWait', {own})?.defaults['own']).not.toBe('off');
    expect(settingDefault('finTimeout', {own})?.defaults['own']).toBe('off');
  });
});

test('no word of `tcp:` is without one, and nothing else has one', () => {
  const words = Object.keys(tcpSettingsSchema.shape);
  expect(words.filter((word) => settingDefault(word, profiles) === undefined)).toEqual([]);
  for (const word of ['', 'toString', 'cork', 'constructor'])
    expect(settingDefault(word, profiles)).toBeUndefined();
});

test('what it counts in', () => {
  const words = Object.keys(tcpSettingsSchema.shape);
  const counting = (unit: string) => words.filter((word) => settingDefault(word, {})?.unit === unit);
  expect(counting('size')).toEqual(['mss', 'rcvBuffer', 'sndBuffer']);
  expect(counting('time').toSorted()).toEqual(
    [
      ...['delayedAck', 'initialRto', 'minRto', 'maxRto', 'rtoAfterSynTimeout'],
      ...['timeWait', 'finTimeout', 'userTimeout'],
    ].toSorted(),
  );
  expect(counting('switch').toSorted()).toEqual(['nagle', 'offload', 'sack', 'tailLossProbe', 'timestamps']);
  expect(counting('group')).toEqual(['keepAlive']);
  expect(counting('number').toSorted()).toEqual(
    [
      ...['windowScale', 'synRetries', 'synLinearTimeouts', 'synAckRetries'],
      ...['dataRetries', 'backlog', 'synCache'],
    ].toSorted(),
  );
});

test('of the profiles, as their makers say', () => {
  const table = Object.entries({
    initialRto: '1s 1s 1s',
    minRto: '200ms 1s 30ms',
    maxRto: '120s 60s 64s',
    synRetries: '6 7 12',
    dataRetries: '15 6 12',
    timeWait: '60s 240s 60s',
    finTimeout: '60s off 60s',
    sack: 'true false true',
    cc: 'cubic reno reno',
    initialWindow: '10 rfc5681 10',
    nagle: 'true true true',
    keepAlive: 'off off off',
    // Left out of every profile, so that numbers can be followed by eye.
    timestamps: 'false false false',
    delayedAck: 'off off off',
    acks: 'delayed delayed delayed',
  });
  const {linux, rfc, freebsd} = profiles;
  for (const [word, told] of table)
    expect([
      word,
      Object.values(settingDefault(word, {linux, rfc, freebsd})?.defaults ?? {}).join(' '),
    ]).toEqual([word, told]);
});
