// Each kind of question is asked about the run that stands here beside it. What is right is in `kinds.test.ts` and `believed.test.ts`.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {kindNames} from '../../source/lesson/question-kinds.ts';
import {generators} from '../../source/quiz/generators.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {root} from '../helpers/root.ts';
import {about, kindNamed} from './asked-runs.ts';

/** Each kind below the run about which it is asked; a new one is added to a run that has what it asks about. */
const kindsAbout: Readonly<Record<string, readonly QuestionKind[]>> = {
  'layers/base': [
    ...(['body-ends', 'dns-flags', 'fill-in-handshake', 'frame-bytes', 'hop-address', 'hop-ttl'] as const),
    ...(['if-dropped', 'is-it-so', 'layer-size', 'name-octets', 'next-ack', 'next-seq'] as const),
    ...(['options-agreed', 'order-packets', 'prediction', 'question', 'reply-addresses'] as const),
    ...(['response-bytes', 'router-changes', 'spot-faulty', 'state-of-peer', 'which-flags'] as const),
    ...(['which-layer', 'who-sends-next', 'window-bytes'] as const),
  ],
  'rack-tlp/base': [
    ...(['bytes-read', 'cubic-ssthresh', 'flight-size', 'loss-probe', 'raw-number'] as const),
    ...(['resent-seq', 'right-edge', 'sack-first', 'usable-window', 'why-again'] as const),
  ],
  'rack-tlp/old': ['ssthresh-after'],
  'rack-tlp/undone': ['rack-lost', 'sack-says'],
  'cubic/base': ['cubic-max', 'cubic-region'],
  'delayed-ack/base': ['ack-reason', 'nagle-leaves'],
  'your-capture/base': ['capture-place', 'capture-rtt'],
  'your-capture/host': ['wire-segments'],
  'your-capture/lost': ['capture-copies'],
  'rack-tlp/hole': ['rack-window'],
  'loss-recovery/no-sack': ['cwnd-after'],
  'handshake/data-in-syn': ['srtt-after', 'which-are-so', 'which-is-so'],
  'cookies-session/base': [
    ...(['connection-after', 'cookie-ends', 'cookie-goes-to', 'cookie-readers', 'cookie-sent'] as const),
    ...(['cookies-kept', 'ends-in-time-wait', 'redirect-method', 'redirect-url', 'session-for'] as const),
    ...(['which-status'] as const),
  ],
  'accept-queue/never': ['if-delayed', 'recv-q', 'rfc-name', 'rst-taken', 'state-after', 'which-timer'],
  'handshake-loss/syn-ack-rfc': ['which-packet-lost'],
  'tcp-header/base': ['timestamp-echo'],
  'dns-cache/base': [
    ...(['cache-holds', 'dns-says', 'dns-section', 'next-query-to', 'ttl-left'] as const),
    'which-cache-answers',
  ],
  'dns-transport/edns': ['answer-fits'],
  'dns-transport/what-if-4': ['reply-taken'],
  'dns-recursion/browser': ['negative-ttl'],
  'http-connections/pipelined': ['first-byte', 'pipelined-order'],
  'http-connections/idle': ['unanswered-request'],
  'url-to-page/http': ['fresh-or-stale'],
  'https-tls13/full': [
    ...([
      'clear-messages',
      'eavesdropper-reads',
      'key-of-record',
      'missing-message',
      'record-bytes',
    ] as const),
    'record-type',
  ],
  'https-tls13/resumed': ['tls-resumed'],
  'https-tls12/ecdhe': ['leaked-key'],
  'https-why/own-certificate': ['tls-alert'],
};

/** A kind that another test of `npm test` asks about a run that takes seconds to simulate. */
const askedElsewhere = {'cubic-k': 'linux-sender.test.ts'} as const;

/** Whether a question of this kind comes of any place of the run. */
const isAsked = (run: string, name: QuestionKind): boolean => {
  const asked = about(run);
  const kind = kindNamed(name);
  return kind.places(asked).some((place) => 'question' in kind.candidate(asked, place));
};

test('each kind stands at one run, or the test that asks it does', () => {
  const named = [...Object.values(kindsAbout).flat(), ...Object.keys(askedElsewhere)].toSorted();
  expect(named).toEqual(Object.keys(kindNames).toSorted());
  expect(new Set(generators.map(({kind}) => kind))).toEqual(new Set(named));
});

test.each(Object.entries(askedElsewhere))('%s is asked in %s', (kind, file) => {
  expect(readFileSync(join(root, 'test/quiz', file), 'utf8')).toContain(`'${kind}'`);
});

describe.each(Object.entries(kindsAbout))('%s', (run, kinds) => {
  test.each(kinds)('%s', (kind) => {
    expect(isAsked(run, kind)).toBe(true);
  });
});
