// What segments that pass tell of one end, one thing at a time. Oracles, by hand: RFC 9293 §3.3.1, §3.7.1, §3.10.7.3 and §3.10.7.4, RFC 7323
// §2.2, §2.3 and appendix A, RFC 2018, Karn's rule in RFC 6298 §3.
import {describe, expect, test} from 'vitest';
import {
  afterHearing,
  afterSending,
  flightOf,
  isAgreed,
  mssOf,
  type ObservedEnd,
  type Offer,
  type Passed,
  passedOf,
  shiftsOf,
  unseenEnd,
  windowOctets,
} from '../../source/observe/observed-end.ts';
import {emptyRope} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpSegment} from '../../source/wire/tcp.ts';
import {ACK, FIN, RST, SYN} from './segments.ts';

type Given = {
  readonly seq?: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly window?: number;
  readonly space?: number;
  readonly offer?: Offer;
  readonly sack?: readonly (readonly [number, number])[];
  readonly probes?: boolean;
};

const passed = ({seq: first = 0, ack, flags = 0, sack = [], ...rest}: Given): Passed => ({
  ...{packet: 1, window: 1000, space: 0, offer: undefined, probes: false},
  ...rest,
  seq: seq(first),
  ack: seq(ack ?? 0),
  flags: flags | (ack === undefined ? 0 : ACK),
  sack: sack.map(([left, right]) => ({left: seq(left), right: seq(right)})),
});

const offer = (more: Partial<Offer> = {}): Offer => ({
  sackPermitted: true,
  timestamps: true,
  answers: false,
  ...more,
});

type Step = readonly [who: 'sends' | 'hears', Given, atUs?: number];

const end = (...steps: readonly Step[]): ObservedEnd =>
  steps.reduce(
    (before, [who, given, atUs = 0]) =>
      (who === 'sends' ? afterSending : afterHearing)(before, passed(given), atUs),
    unseenEnd,
  );

const syn: Step = ['sends', {seq: 100, flags: SYN, space: 1, offer: offer()}];
const synAck: Step = ['hears', {seq: 900, ack: 101, flags: SYN, space: 1, offer: offer({answers: true})}];

describe('numbers', () => {
  test('an opening, data, and their acknowledgment', () => {
    const open = end(
      syn,
      synAck,
      ['sends', {seq: 101, ack: 901}],
      ['sends', {seq: 101, ack: 901, space: 50}],
    );
    expect(open).toMatchObject({iss: 100, irs: 900, una: 101, nxt: 151, rcvNxt: 901});
    expect(flightOf(open)).toBe(50);
    expect(flightOf(afterHearing(open, passed({seq: 901, ack: 151}), 0))).toBe(0);
    expect(flightOf(unseenEnd)).toBe(undefined);
  });

  test('without ACK the number in its place says nothing (RFC 9293 §3.1)', () => {
    expect(end(syn).rcvNxt).toBeUndefined();
    expect(end(['hears', {seq: 900, flags: SYN, space: 1, offer: offer()}]).heard?.wl2).toBeUndefined();
    expect(end(syn, synAck).heard?.wl2).toBe(101);
  });

  test('the highest counts: what is sent again, or overtaken, takes nothing back', () => {
    const sent = end(
      syn,
      synAck,
      ['sends', {seq: 151, ack: 950, space: 50}],
      ['sends', {seq: 101, ack: 901, space: 50}],
    );
    expect(sent).toMatchObject({nxt: 201, rcvNxt: 950});
    expect(
      afterHearing(afterHearing(sent, passed({seq: 901, ack: 151}), 0), passed({seq: 901, ack: 121}), 0).una,
    ).toBe(151);
  });

  test('what is acknowledged was sent, even where the capture lacks it', () => {
    expect(end(syn, synAck, ['hears', {seq: 901, ack: 301}])).toMatchObject({una: 301, nxt: 301});
  });

  test('an octet sent into a closed window is not sent until it is acknowledged', () => {
    const probed = end(syn, synAck, ['sends', {seq: 101, ack: 901, space: 1, probes: true}]);
    expect([probed.nxt, probed.timed]).toEqual([101, undefined]);
    expect(afterHearing(probed, passed({seq: 901, ack: 102}), 0).nxt).toBe(102);
  });

  test('the first SYN counts: what comes again changes neither offer nor numbers', () => {
    const again: Step = ['sends', {seq: 100, flags: SYN, space: 1, offer: offer({mss: 1})}];
    const answered: Step = ['hears', {...synAck[1], offer: offer({mss: 2})}];
    const open = end(
      syn,
      synAck,
      ['sends', {seq: 101, ack: 901, space: 50}],
      ['hears', {seq: 901, ack: 151}],
    );
    expect(end(syn, synAck, again).offer).toEqual(offer());
    expect(end(syn, synAck, again)).toMatchObject({una: 101, nxt: 101});
    expect(end(syn, synAck, answered).peerOffer).toEqual(offer({answers: true}));
    expect(afterSending(open, passed(again[1]), 0).una).toBe(151);
  });

  test('who goes on although nobody was heard is acknowledged elsewhere', () => {
    expect(end(syn, ['sends', {seq: 101, space: 5}]).una).toBeUndefined();
    expect(end(syn, ['sends', {seq: 100, space: 1}]).una).toBe(100);
    expect(end(syn, synAck, ['sends', {seq: 101, ack: 901, space: 5}]).una).toBe(101);
  });

  test('a window of an old segment is not heard (RFC 9293 §3.10.7.4: SND.WL1, SND.WL2)', () => {
    const heard = (...later: readonly Given[]) =>
      end(
        syn,
        synAck,
        ['sends', {seq: 101, ack: 901, space: 50}],
        ...later.map((given): Step => ['hears', given]),
      ).heard?.field;
    const newest = {seq: 905, ack: 120, window: 7} as const;
    expect(heard(newest)).toBe(7);
    expect(heard(newest, {seq: 904, ack: 130, window: 8})).toBe(7);
    expect(heard(newest, {seq: 905, ack: 120, window: 8})).toBe(8);
    expect(heard(newest, {seq: 906, ack: 120, window: 8})).toBe(8);
    expect(end(['hears', {seq: 905, flags: SYN, offer: offer()}]).heard).toMatchObject({
      wl1: 905,
      unscaled: true,
    });
    expect(end(['hears', {seq: 905}]).heard).toBeUndefined();
  });

  test('an RST tells nothing', () => {
    const open = end(syn, synAck);
    expect(afterSending(open, passed({seq: 777, flags: RST}), 0)).toBe(open);
  });

  test('FIN takes a number', () => {
    expect(end(syn, synAck, ['sends', {seq: 101, ack: 901, flags: FIN, space: 1}]).nxt).toBe(102);
  });

  // RFC 9293 §3.10.7.3: in SYN-SENT an ACK counts that covers the SYN and nothing that was not sent.
  test.each<readonly [about: string, Given, irs: number | undefined]>([
    ['SYN,ACK of the SYN', {seq: 900, ack: 101, flags: SYN, offer: offer()}, 900],
    ['SYN alone', {seq: 900, flags: SYN, offer: offer()}, 900],
    ['of the number before', {seq: 900, ack: 100, flags: SYN, offer: offer()}, undefined],
    ['of bytes never sent', {seq: 900, ack: 102, flags: SYN, offer: offer()}, undefined],
    ['no SYN', {seq: 900, ack: 101}, undefined],
  ])('in SYN-SENT: %s', (_, given, irs) => {
    expect(end(syn, ['hears', given]).irs).toBe(irs);
  });
});

describe('the time of a round trip', () => {
  const open = [syn, synAck] as const;
  const send = (first: number, atUs: number): Step => ['sends', {seq: first, ack: 901, space: 50}, atUs];
  const hear = (ack: number, atUs: number): Step => ['hears', {seq: 901, ack}, atUs];

  test('is none of a capture whose clock was set back', () => {
    expect(end(...open, send(101, 5000), hear(151, 2000)).rttUs).toBe(0);
  });

  test('from a segment to the acknowledgment of all of it, one at a time', () => {
    expect(end(...open, send(101, 1000), send(151, 2000), hear(151, 5000)).rttUs).toBe(4000);
    expect(end(...open, send(101, 1000), send(151, 2000), hear(201, 5000)).rttUs).toBe(4000);
    expect(end(...open, send(101, 1000), hear(150, 5000)).rttUs).toBe(0);
  });

  test('what was sent twice is not timed (Karn), what stands before it still is', () => {
    expect(end(...open, send(101, 1000), send(101, 3000), hear(151, 5000)).rttUs).toBe(0);
    expect(
      end(...open, send(101, 1000), hear(151, 5000), send(151, 6000), send(101, 7000), hear(201, 9000)).rttUs,
    ).toBe(4000);
  });

  test('a segment without data is none', () => {
    expect(end(...open, ['sends', {seq: 101, ack: 901}, 1000], hear(101, 4000)).rttUs).toBe(0);
  });
});

describe('the window', () => {
  const heard = (...steps: readonly Given[]) =>
    end(syn, synAck, ...steps.map((each): Step => ['hears', each])).heard;

  test('of an older segment, or an older acknowledgment, it is not taken (SND.WL1, SND.WL2)', () => {
    expect(heard({seq: 950, ack: 101, window: 5}, {seq: 940, ack: 101, window: 6})?.field).toBe(5);
    expect(heard({seq: 950, ack: 101, window: 5}, {seq: 950, ack: 101, window: 6})?.field).toBe(6);
    expect(heard({seq: 940, ack: 151, window: 5}, {seq: 950, ack: 151, window: 6})?.field).toBe(6);
  });

  test('that of a SYN is not scaled; a closed one is closed under any scale', () => {
    expect(windowOctets({field: 1000, unscaled: true}, 7)).toBe(1000);
    expect(windowOctets({field: 1000, unscaled: false}, 7)).toBe(128_000);
    expect(windowOctets({field: 1000, unscaled: false}, undefined)).toBe(undefined);
    expect(windowOctets({field: 0, unscaled: false}, undefined)).toBe(0);
    expect(windowOctets(undefined, 7)).toBe(undefined);
    expect(end(syn, synAck)).toMatchObject({told: {unscaled: true}, heard: {unscaled: true}});
    expect(heard({seq: 901, ack: 101})?.unscaled).toBe(false);
  });
});

test('SACKed ranges: in rising order, and gone when they are acknowledged', () => {
  const sacked = end(
    syn,
    synAck,
    ['sends', {seq: 101, ack: 901, space: 900}],
    [
      'hears',
      {
        seq: 901,
        ack: 201,
        sack: [
          [501, 601],
          [301, 401],
        ],
      },
    ],
  );
  expect(sacked.sacked).toEqual([
    {left: 301, right: 401},
    {left: 501, right: 601},
  ]);
  expect(afterHearing(sacked, passed({seq: 901, ack: 401}), 0).sacked).toEqual([{left: 501, right: 601}]);
});

describe('options', () => {
  const ends = (own: Offer | undefined, far: Offer | undefined): ObservedEnd => ({
    ...unseenEnd,
    offer: own,
    peerOffer: far,
  });
  const scaled = (windowScale: number, answers = false) => offer({windowScale, answers});

  test.each<
    readonly [
      own: Offer | undefined,
      far: Offer | undefined,
      rcv: number | undefined,
      snd: number | undefined,
    ]
  >([
    [scaled(3), scaled(7, true), 3, 7],
    [scaled(15), scaled(14, true), 14, 14],
    [scaled(3), offer(), 0, 0],
    [offer(), scaled(7), 0, 0],
    [scaled(3), undefined, undefined, undefined],
    // A SYN,ACK has only what the SYN offered.
    [scaled(3, true), undefined, 3, undefined],
    [undefined, scaled(7, true), undefined, 7],
    [undefined, undefined, undefined, undefined],
  ])('shifts, case %#', (own, far, rcv, snd) => {
    expect(shiftsOf(ends(own, far))).toEqual({rcv, snd});
  });

  test.each<readonly [own: Offer | undefined, far: Offer | undefined, agreed: boolean | undefined]>([
    [offer(), offer(), true],
    [offer(), offer({timestamps: false}), false],
    [offer({timestamps: false}), undefined, false],
    [offer(), undefined, undefined],
    [offer({answers: true}), undefined, true],
    [undefined, offer({answers: true}), true],
    [undefined, undefined, undefined],
  ])('agreed, case %#', (own, far, agreed) => {
    expect(isAgreed(ends(own, far), 'timestamps')).toBe(agreed);
  });

  test('MSS: the smaller one, less 12 octets of timestamps; 536 or 1220 where a SYN has none', () => {
    const plain = (mss?: number) => offer({timestamps: false, ...(mss === undefined ? {} : {mss})});
    expect(mssOf(ends(plain(1460), plain(1400)), 4)).toBe(1400);
    expect(mssOf(ends(plain(1300), plain(1400)), 4)).toBe(1300);
    expect(mssOf(ends(offer({mss: 1460}), offer({mss: 1460})), 4)).toBe(1448);
    expect(mssOf(ends(plain(1460), plain()), 4)).toBe(536);
    expect(mssOf(ends(plain(), plain(1460)), 6)).toBe(1220);
    expect(mssOf(ends(plain(1460), undefined), 4)).toBe(undefined);
    expect(mssOf(ends(offer({mss: 5}), offer({mss: 5})), 4)).toBe(1);
  });
});

describe('what of a segment counts', () => {
  const segment = (flags: number, options: TcpSegment['options']): TcpSegment => ({
    ...{srcPort: 1, dstPort: 2, seq: seq(5), ack: seq(7), flags, window: 9, urgent: 0, options},
    payload: emptyRope,
  });
  const all: TcpSegment['options'] = [
    {kind: 'timestamps', val: 1, ecr: 2},
    {kind: 'mss', mss: 1400},
    {kind: 'windowScale', shift: 6},
    {kind: 'sackPermitted'},
  ];

  test('of a SYN what it offers, and whether it answers', () => {
    expect(passedOf(1, segment(SYN, all), false)).toEqual({
      ...{packet: 1, seq: 5, ack: 7, flags: SYN, window: 9, space: 1, sack: [], probes: false},
      offer: {mss: 1400, windowScale: 6, sackPermitted: true, timestamps: true, answers: false},
    });
    expect(passedOf(1, segment(SYN | ACK, []), true)).toMatchObject({
      offer: {sackPermitted: false, timestamps: false, answers: true},
      probes: true,
    });
    expect(passedOf(1, segment(SYN, [{kind: 'sackPermitted'}]), false).offer).toEqual(
      offer({timestamps: false}),
    );
    expect(Object.keys(passedOf(1, segment(SYN, []), false).offer ?? {})).not.toContain('mss');
  });

  test('of no SYN nothing is offered; its blocks', () => {
    const blocks = [{left: seq(10), right: seq(20)}];
    const told = passedOf(
      1,
      segment(ACK, [
        {kind: 'timestamps', val: 1, ecr: 2},
        {kind: 'sack', blocks},
      ]),
      false,
    );
    expect([told.offer, told.sack, told.space]).toEqual([undefined, blocks, 0]);
  });
});
