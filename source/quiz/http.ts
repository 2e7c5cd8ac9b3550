// Questions about HTTP status codes (RFC 9110 §15): which code says what the server has found.

import {packetOf} from '../account/packet.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import {type Text, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {fieldValues} from '../wire/http/field-lines.ts';
import type {Head} from '../wire/http/framing.ts';
import {oncePer} from '../wire/once-per.ts';
import {httpSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {kindOf} from './kind.ts';
import {valuesLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';

type Answer = {readonly event: EventOf<'send'>; readonly status: number; readonly request: Head};

/**
 * The situations in which a server sends a status code, the code (RFC 9110 §15, RFC 8470 §5.2), and the code that learners confuse with it.
 */
const findings = {
  goOn: {status: 100, takenFor: 202, found: said.found['100']},
  here: {status: 200, takenFor: 204, found: said.found['200']},
  headOnly: {status: 200, takenFor: 204, found: said.onlyHead},
  made: {status: 201, takenFor: 200, found: said.found['201']},
  nothingBack: {status: 204, takenFor: 200, found: said.found['204']},
  part: {status: 206, takenFor: 200, found: said.found['206']},
  movedForGood: {status: 301, takenFor: 302, found: said.found['301']},
  elsewhere: {status: 302, takenFor: 301, found: said.found['302']},
  resultElsewhere: {status: 303, takenFor: 302, found: said.found['303']},
  copyIsGood: {status: 304, takenFor: 200, found: said.found['304']},
  elsewhereSameMethod: {status: 307, takenFor: 308, found: said.found['307']},
  movedSameMethod: {status: 308, takenFor: 307, found: said.found['308']},
  notUnderstood: {status: 400, takenFor: 404, found: said.found['400']},
  whoIsIt: {status: 401, takenFor: 403, found: said.found['401']},
  refused: {status: 403, takenFor: 401, found: said.found['403']},
  nothingHere: {status: 404, takenFor: 403, found: said.found['404']},
  methodNotTaken: {status: 405, takenFor: 404, found: said.found['405']},
  conditionFails: {status: 412, takenFor: 304, found: said.found['412']},
  tooEarly: {status: 425, takenFor: 400, found: said.found['425']},
  programFailed: {status: 500, takenFor: 503, found: said.found['500']},
  nonsenseBehind: {status: 502, takenFor: 504, found: said.found['502']},
  tooMuch: {status: 503, takenFor: 500, found: said.found['503']},
  silenceBehind: {status: 504, takenFor: 502, found: said.found['504']},
} as const satisfies {
  readonly [finding: string]: {readonly status: number; readonly takenFor: number; readonly found: Text};
};

/** The meaning and the RFC section of each status code that a question or a wrong answer uses. */
export const codes = {
  100: {means: said.means['100'], rfc: '9110 §15.2.1'},
  200: {means: said.means['200'], rfc: '9110 §15.3.1'},
  201: {means: said.means['201'], rfc: '9110 §15.3.2'},
  202: {means: said.means['202'], rfc: '9110 §15.3.3'},
  204: {means: said.means['204'], rfc: '9110 §15.3.5'},
  206: {means: said.means['206'], rfc: '9110 §15.3.7'},
  301: {means: said.means['301'], rfc: '9110 §15.4.2'},
  302: {means: said.means['302'], rfc: '9110 §15.4.3'},
  303: {means: said.means['303'], rfc: '9110 §15.4.4'},
  304: {means: said.means['304'], rfc: '9110 §15.4.5'},
  307: {means: said.means['307'], rfc: '9110 §15.4.8'},
  308: {means: said.means['308'], rfc: '9110 §15.4.9'},
  400: {means: said.means['400'], rfc: '9110 §15.5.1'},
  401: {means: said.means['401'], rfc: '9110 §15.5.2'},
  403: {means: said.means['403'], rfc: '9110 §15.5.4'},
  404: {means: said.means['404'], rfc: '9110 §15.5.5'},
  405: {means: said.means['405'], rfc: '9110 §15.5.6'},
  412: {means: said.means['412'], rfc: '9110 §15.5.13'},
  425: {means: said.means['425'], rfc: '8470 §5.2'},
  500: {means: said.means['500'], rfc: '9110 §15.6.1'},
  502: {means: said.means['502'], rfc: '9110 §15.6.3'},
  503: {means: said.means['503'], rfc: '9110 §15.6.4'},
  504: {means: said.means['504'], rfc: '9110 §15.6.5'},
} as const;

type Finding = keyof typeof findings;

const isFinding = (name: string): name is Finding => Object.hasOwn(findings, name);

const findingOf = (status: number, isHead: boolean): Finding | undefined => {
  if (isHead && status === 200) return 'headOnly';
  return Object.keys(findings)
    .filter(isFinding)
    .find((name) => findings[name].status === status);
};

/** Returns the HTTP responses of a run with their requests, in packet order, because the times of a capture from one end are estimates. */
const answers = oncePer((trace: Trace): readonly Answer[] => {
  /** HTTP requests without a response so far, by the connection as the client names it. */
  const requests = new Map<string, readonly Head[]>();
  const list: Answer[] = [];
  for (const {event, flow, back} of segmentsOf(trace).sent.toSorted(
    (a, b) => a.event.packet - b.event.packet,
  )) {
    if (event.retransmission) continue;
    for (const head of httpHeadsIn(trace, event.packet)) {
      const {start} = head;
      const whose = start.kind === 'request' ? flow : back;
      const waiting = requests.get(whose) ?? [];
      if (start.kind === 'request') {
        requests.set(whose, [...waiting, head]);
        continue;
      }
      const [request] = waiting;
      if (request) list.push({event, status: start.status, request});
      if (start.status >= 200) requests.set(whose, waiting.slice(1));
    }
  }
  return list;
});

type Givens = {readonly from: string; readonly line: string; readonly finding: Finding};

const classOf = (status: number): number => Math.floor(status / 100);

/** Returns the `nth` other code that can be a wrong choice for a 1xx or 2xx code; undefined for any other class. */
const success = ({finding}: Givens, nth: number): keyof typeof codes | undefined => {
  const {status, takenFor} = findings[finding];
  const others = ([202, 206, 204] as const).filter((each) => each !== status && each !== takenFor);
  return classOf(status) <= 2 ? others[nth] : undefined;
};

const meaning = (text: (typeof said.statusDraft.beliefs)['takenFor'], status: keyof typeof codes): Text =>
  wordedWithNames(text, {status, ...codes[status]});

/**
 * Returns 500 for a 4xx code and 400 for a 5xx code, as the answer of a learner who confuses client and server errors; undefined for other
 * codes.
 */
const otherClass = ({finding}: Givens): string | undefined => {
  const {status} = findings[finding];
  if (classOf(status) === 4) return '500';
  return classOf(status) === 5 ? '400' : undefined;
};

export const whichStatus = kindOf<Givens, Answer>({
  kind: 'which-status',
  form: 'choice',
  secrets: ({finding}) => [`HTTP/1.1 ${findings[finding].status}`],
  among: ({trace}) => answers(trace),
  at: ({event}) => event.n,
  find({trace}, {event, status, request: {start, fields}}) {
    if (start.kind !== 'request') return 'hidden';
    const finding = findingOf(status, start.method === 'HEAD');
    // Only one reason for a 400 can be told in one sentence: a missing Host field.
    const hasHost = fieldValues(fields, 'Host').length > 0;
    if (!finding || (finding === 'notUnderstood' && hasHost)) return 'hidden';
    // A 200 for a resource that exists takes no thought.
    if (finding === 'here') return 'trivial';
    const line = `${start.method} ${start.target} ${start.version}`;
    return {
      givens: {from: packetOf(trace, event.packet).from, line, finding},
      ...{did: String(status), n: event.n},
      evidence: fieldEvidence(trace, event.packet, 'http.response.code'),
    };
  },
  ask: ({from, line, finding}, called) => [
    wordedWithNames(said.statusDraft.prompt.given, {from: called(from).first}),
    valuesLine(line),
    wordedWithNames(said.statusDraft.prompt.asks, {finding: findings[finding].found}),
  ],
  solve({finding}) {
    const {status} = findings[finding];
    return {
      answer: String(status),
      explain: wordedWithNames(said.statusDraft.explain, {status, ...codes[status]}),
      hints: [
        said.statusDraft.hints.theFirstDigit,
        wordedWithNames(said.statusDraft.hints.itsFirstDigit, {status: classOf(status)}),
      ],
    };
  },
  beliefs: [
    {misconception: 'status-class-mixup', answers: otherClass},
    {
      says({finding}) {
        return meaning(said.statusDraft.beliefs.takenFor, findings[finding].takenFor);
      },
      answers: ({finding}) => String(findings[finding].takenFor),
    },
    {
      says: said.statusDraft.beliefs.goesWell,
      answers: ({finding}) => (classOf(findings[finding].status) === 2 ? undefined : '200'),
    },
    {
      says: said.statusDraft.beliefs.notHere,
      answers: ({finding}) => (classOf(findings[finding].status) === 3 ? '404' : undefined),
    },
    ...[0, 1].map((nth) => ({
      says: (givens: Givens) => meaning(said.statusDraft.beliefs.another, success(givens, nth) ?? 200),
      answers: (givens: Givens) => success(givens, nth)?.toString(),
    })),
  ],
});
