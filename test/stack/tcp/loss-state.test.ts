// After a time-out. Oracles: RFC 5681 §3.1 (ssthresh, once for what was in flight), RFC 5682 §2.1 (F-RTO, steps 2 and 3), RFC 2018 §8 (reneging),
// tcp_enter_loss and tcp_process_loss of Linux by hand. Segments of 1000 octets from 0 on.

import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {answerInLoss, enterLoss, isReneged, loseTooLarge} from '../../../source/stack/tcp/loss-state.ts';
import {newsOf} from '../../../source/stack/tcp/news.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const size = 1000;
const segment = (n: number, tags = 0, sentUs = 0): Unacknowledged => ({
  ...{seq: seq(n * size), lengthBytes: size, flags: TcpFlag.ACK, sentUs, transmissions: 1, tags},
  ...{deliveredBefore: 0, sending: n + 1},
});
type State = Connection['episode']['state'];

const flying = (
  change: Partial<Connection> = {},
  {state = 'open' as State, point = 0, doubted = false, settings = {} as Partial<TcpSettings>} = {},
) => {
  const {retransmissionQueue: queue = Fifo.of([0, 1, 2, 3].map((n) => segment(n)))} = change;
  const count = (tag: number): number => queue.slice().filter(({tags}) => tags & tag).length;
  return turnWith(
    {
      state: 'ESTABLISHED',
      mss: size,
      cwnd: 10 * size,
      sackPermitted: true,
      snd: {...fresh.snd, una: seq(0), nxt: seq(4 * size), wnd: 50 * size, maxWnd: 50 * size},
      sendBuffer: rope(4 * size),
      retransmissionQueue: queue,
      flight: {sacked: count(Tag.sacked), lost: count(Tag.lost), resent: count(Tag.resent)},
      rack: {...fresh.rack, rttUs: 50_000, minRttUs: 50_000, degree: 9},
      episode: {state, point: seq(point * size), doubted},
      ...change,
    },
    {nowUs: 1_000_000, settings: {congestion: 'reno', frto: true, reordering: 3, ...settings}},
  );
};
const tagsOf = ({tcb}: ReturnType<typeof flying>): string =>
  tcb.retransmissionQueue
    .slice()
    .map(({tags}) => tags)
    .join('');

test('reneged: the head is SACKed and not acknowledged (RFC 2018 §8)', () => {
  const {tcb} = flying({retransmissionQueue: Fifo.of([segment(0, Tag.sacked), segment(1)])});
  expect([
    isReneged(tcb),
    isReneged(flying().tcb),
    isReneged(flying({retransmissionQueue: Fifo.of([])}).tcb),
  ]).toEqual([...[true, false, false]]);
});

describe('the time-out', () => {
  test('all in flight is lost but what left a moment ago; one segment may leave', () => {
    const turn = flying({
      retransmissionQueue: Fifo.of([
        segment(0),
        segment(1, Tag.sacked),
        segment(2, Tag.lost | Tag.resent),
        segment(3, 0, 990_000),
      ]),
    });
    enterLoss(turn);
    expect(tagsOf(turn)).toBe(`${Tag.lost}${Tag.sacked}${Tag.lost}0`);
    // Two on their way, so to say: the late one, and the one that may leave.
    expect(turn.tcb).toMatchObject({
      ...{cwnd: 2 * size, cwndCredit: 0, ssthresh: 5 * size, probe: undefined},
      episode: {state: 'loss', point: 4 * size, doubted: true},
      reduction: {from: 10},
    });
  });

  test('the head is lost, however lately it left', () => {
    const turn = flying({retransmissionQueue: Fifo.of([segment(0, 0, 999_999), segment(1, 0, 999_999)])});
    enterLoss(turn);
    expect(tagsOf(turn)).toBe(`${Tag.lost}0`);
  });

  test('a receiver that has thrown away what it had: nothing counts as SACKed', () => {
    const turn = flying({retransmissionQueue: Fifo.of([segment(0, Tag.sacked), segment(1, 0, 999_999)])});
    enterLoss(turn);
    expect(tagsOf(turn)).toBe(`${Tag.lost}${Tag.lost}`);
  });

  test.each<[State, number, number, boolean]>([
    ['open', 4, 0, true],
    ['disorder', 4, 0, true],
    ['cwr', 4, 0, false],
    ['recovery', 4, 0, false],
    // The point is acknowledged: it is another loss.
    ['recovery', 0, 0, true],
    ['loss', 4, 0, true],
    ['loss', 4, 1, false],
  ])(
    'ssthresh falls once for what was in flight: %s, point %i, %i time-outs before',
    (state, point, retries, falls) => {
      const turn = flying({retries, ssthresh: 77 * size}, {state, point});
      enterLoss(turn);
      expect(turn.tcb.ssthresh).toBe(falls ? 5 * size : 77 * size);
    },
  );

  test.each<[State, number, boolean]>([
    ['open', 0, true],
    ['disorder', 0, true],
    ['cwr', 0, true],
    ['recovery', 0, false],
    ['recovery', 1, true],
    ['loss', 0, false],
  ])('whether it is doubted (RFC 5682): %s, %i time-outs before: %s', (state, retries, doubted) => {
    const entered = (frto: boolean) => {
      const turn = flying({retries}, {state, settings: {frto}});
      enterLoss(turn);
      return turn.tcb.episode.doubted;
    };
    expect([entered(true), entered(false)]).toEqual([doubted, false]);
  });

  test('so many duplicates and still a time-out: the degree was too high', () => {
    const degree = (sacked: number, state: State = 'open') => {
      const queue = [
        segment(0),
        ...Array.from({length: 4}, (_, n) => segment(n + 1, n < sacked ? Tag.sacked : 0)),
      ];
      const turn = flying({retransmissionQueue: Fifo.of(queue)}, {state});
      enterLoss(turn);
      return turn.tcb.rack.degree;
    };
    expect([degree(2), degree(3), degree(3, 'disorder'), degree(3, 'recovery')]).toEqual([9, 3, 3, 9]);
  });

  test('a reduction has to be told to a peer with ECN', () => {
    for (const ecnOn of [true, false]) {
      const turn = flying({ecnOn});
      enterLoss(turn);
      expect(turn.tcb.marks.cwrDue).toBe(ecnOn);
    }
  });
});

test('what is larger than the path carries is lost, and cwnd stays (RFC 1191 §6.4)', () => {
  const turn = flying();
  loseTooLarge(turn, size);
  expect([tagsOf(turn), turn.resend, turn.tcb.episode.state]).toEqual(['0000', undefined, 'open']);
  loseTooLarge(turn, size - 1);
  expect(tagsOf(turn)).toBe(`${Tag.lost}`.repeat(4));
  expect(turn.resend).toEqual({what: 'lost', because: '1191:6.4/path-mtu/retransmit'});
  expect(turn.tcb).toMatchObject({
    cwnd: 10 * size,
    episode: {state: 'loss', point: 4 * size, doubted: false},
  });
  const before = flying({}, {state: 'loss', point: 2, doubted: true});
  loseTooLarge(before, 1);
  expect(before.tcb.episode).toMatchObject({point: 2 * size, doubted: true});
});

describe('an ACK in a loss', () => {
  /** SND.UNA stands where the ACK has brought it. */
  const heard = (
    ack: number,
    {
      nxt = 4,
      point = 4,
      doubted = true,
      duplicate = false,
      more = {} as object,
      change = {} as Partial<Connection>,
    } = {},
  ) => {
    const turn = flying(
      {
        snd: {...fresh.snd, una: seq(0), nxt: seq(nxt * size), wnd: 50 * size, maxWnd: 50 * size},
        sendBuffer: rope(9 * size),
        ...change,
      },
      {state: 'loss', point, doubted},
    );
    const news = newsOf(turn.tcb, made('A', {seq: 0, ack: ack * size, flags: TcpFlag.ACK}));
    Object.assign(news, more);
    turn.tcb = {...turn.tcb, snd: {...turn.tcb.snd, una: news.una}};
    return [
      answerInLoss(turn, news, duplicate),
      turn.tcb.episode.state,
      turn.tcb.episode.doubted,
      turn.tcb.episode.point / size,
    ];
  };

  test('step 2b: new data ask whether what is missing is only late', () => {
    expect(heard(1)).toEqual(['new', 'loss', true, 4]);
    expect(heard(1, {doubted: false})).toEqual(['lost', 'loss', false, 4]);
    // Nothing new is there, or the window has no room: it is not asked.
    expect(heard(1, {change: {sendBuffer: rope(3 * size)}})).toEqual(['lost', 'loss', false, 4]);
    expect(heard(0)).toEqual(['lost', 'loss', true, 4]);
  });

  test('step 3a: what was asked is answered with a duplicate', () => {
    expect(heard(1, {nxt: 6, duplicate: true})).toEqual(['lost', 'loss', false, 4]);
    expect(heard(1, {nxt: 6, more: {sacks: true}})).toEqual(['lost', 'loss', false, 4]);
    expect(heard(1, {nxt: 6})).toEqual(['lost', 'loss', true, 4]);
  });

  // tcp_process_loss: with snd_nxt beyond high_seq a duplicate tells of a segment that came; before it, of one that was sent again.
  test('without SACK a duplicate counts once something new has left (RFC 6582 §4)', () => {
    const sacked = (nxt: number, duplicate: boolean): number => {
      const flight = {sacked: 0, lost: 0, resent: 0};
      const turn = flying(
        {
          ...{
            snd: {...fresh.snd, una: seq(0), nxt: seq(nxt * size), wnd: 50 * size, maxWnd: 50 * size},
            flight,
          },
          ...{
            sackPermitted: false,
            retransmissionQueue: Fifo.of(Array.from({length: nxt}, (_, n) => segment(n))),
          },
        },
        {state: 'loss', point: 4},
      );
      answerInLoss(turn, newsOf(turn.tcb, made('A', {seq: 0, ack: 0, flags: TcpFlag.ACK})), duplicate);
      return turn.tcb.flight.sacked;
    };
    expect([sacked(6, true), sacked(6, false), sacked(4, true), sacked(4, false)]).toEqual([1, 0, 0, 0]);
  });

  test('beyond the point it is over', () => {
    expect(heard(4, {nxt: 6, doubted: false}).slice(0, 2)).toEqual(['nothing', 'open']);
    expect(heard(3, {nxt: 6, doubted: false}).slice(0, 2)).toEqual(['lost', 'loss']);
  });
});
