// Where a capture and its simulation part. Oracle: who stands at one end heard what the capture has; the clauses named beside each, for
// connections that are written down. The capture was made at the client; the server is 20 ms away.
import {describe, expect, test} from 'vitest';
import type {Pair} from '../../../source/drills/replay/agreement.ts';
import {departureOf} from '../../../source/drills/replay/departure.ts';
import type {Seen} from '../../../source/drills/replay/seen.ts';
import type {Vantage} from '../../../source/drills/replay/vantage.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {connection, seenFrom} from './segments.ts';

const trace = simulate(handshakeScenario(), {source: 'test', run: 'main'});

/** `= …`: in both alike; `+ …`: captured only; `- …`: simulated only; `~ … / …`: the one and the other. */
const pairOf = (line: string, index: number): Pair => {
  const seen = (text: string): Seen => {
    const [one] = connection(text).segments;
    if (!one) throw new Error('no segment');
    return {...one, packet: index + 1};
  };
  const [first = '', second = first] = line.slice(2).split(' / ');
  const sign = line[0];
  return {
    capture: sign === '-' ? undefined : seen(first),
    simulated: sign === '+' ? undefined : seen(sign === '-' ? first : second),
    alike: sign === '=',
  };
};

const departed = (vantage: Vantage, ...lines: readonly string[]) => {
  const pairs = lines.map(pairOf);
  const captured = pairs.filter(({capture}) => capture).length;
  return departureOf({pairs, alike: 0, captured, extra: 0}, {vantage, trace});
};
const atClient = seenFrom(0, 20);
const reason = (...lines: readonly string[]) => departed(atClient, ...lines)?.reason;

const data = '= 0 c PA 1:101 ack 1';
const answer = '= 40 s A 1 ack 101 win 500';

test('all alike: nowhere', () => expect(departed(atClient, data, answer)).toBeUndefined());

test('the first that is not alike: which, in what, and how far its sender is', () => {
  expect(departed(atClient, data, '+ 41 s A 1 ack 102', '+ 42 c A 101 ack 1')).toMatchObject({
    first: {packet: 2, side: 1},
    ...{in: 'capture', awayUs: 20_000},
  });
  expect(departed(atClient, data, '- 41 c A 101 ack 1')).toMatchObject({
    first: {packet: 2, side: 0},
    ...{in: 'simulation', awayUs: 0},
  });
});

test('nobody answered: the path is a guess', () => {
  expect(departed({...atClient, guessed: true}, data, '+ 9 c PA 101:201 ack 1')?.reason).toBe('unmeasured');
});

describe('an ACK', () => {
  test('from afar that says the same again is a copy; with more room a window that grew; else it is an answer', () => {
    expect(reason(data, answer, '+ 41 s A 1 ack 101 win 500')).toBe('copy');
    expect(reason(data, answer, '+ 41 s A 1 ack 101 win 400')).toBe('copy');
    expect(reason(data, answer, '+ 41 s A 1 ack 101 win 501')).toBe('window');
    for (const other of ['ack 102', 'ack 101 sack 200-300']) {
      expect(reason(data, answer, `+ 41 s A 1 ${other} win 500`)).toBe('farAnswer');
    }
    // What the simulation has there is no copy.
    expect(reason(data, answer, '~ 41 s A 1 ack 101 win 500 / 41 s A 1 ack 50 win 500')).toBe('farAnswer');
    expect(reason(data, '+ 41 s A 1 ack 101 win 500')).toBe('farAnswer');
  });

  test('of the end here: which ones it sends; where other things had come by then, what came', () => {
    const heard = '= 50 s PA 1:101 ack 101';
    expect(reason(data, heard, '~ 60 c A 101 ack 101 / 60 c A 101 ack 51')).toBe('answer');
    // In the simulation it came later than what left.
    const late = '= 50 s PA 1:101 ack 101 / 70 s PA 1:101 ack 101';
    expect(reason(data, late, '~ 60 c A 101 ack 101 / 60 c A 101 ack 1')).toBe('answersFar');
    expect(reason(data, late, '~ 60 c A 101 ack 101 / 80 c A 101 ack 1')).toBe('answer');
    // Its own segments it did not hear.
    const own = '= 50 c PA 1:101 ack 1 / 70 c PA 1:101 ack 1';
    expect(reason(own, '~ 60 c A 101 ack 101 / 60 c A 101 ack 1')).toBe('answer');
  });
});

describe('what is new: data, FIN, RST', () => {
  test.each(['PA 101:201 ack 1', 'FA 101:102 ack 1', 'R 101'])('%s', (segment) => {
    expect(reason(data, answer, `+ 60 c ${segment}`)).toBe('program');
    expect(reason(data, answer, `+ 60 s ${segment}`)).toBe('farProgram');
  });
});

describe('what is sent again', () => {
  const far = '= 40 s PA 1:101 ack 101';
  test('from afar: because something came, or because nothing did for more than a millisecond', () => {
    const heard = '= 299 c A 101 ack 101';
    expect(reason(data, far, heard, '+ 300 s PA 1:101 ack 101')).toBe('farReports');
    expect(reason(data, far, heard, '+ 300.001 s PA 1:101 ack 101')).toBe('farTimer');
    expect(reason(far, '+ 300 s PA 1:101 ack 101')).toBe('farTimer');
  });

  test('of the end here: the tick in which Linux fires its timer, or a rule', () => {
    // A wait of 252 ms may end 32 ms late at most (calc_wheel_index: slots of 32 ms from 252 ms on).
    const again = '+ 253 c PA 1:101 ack 1';
    expect(reason(data, again, '= 254 s A 1 ack 101')).toBe('tick');
    expect(reason(data, again, '= 900 s A 1 ack 101')).toBe('rule');
    expect(reason(data, again)).toBe('rule');
    // Something had just come.
    expect(reason(data, '= 252.5 s A 1 ack 1', again, '= 254 s A 1 ack 101')).toBe('rule');
  });
});
