// Writes the sentences of findings about TLS, HTTP, WebSocket and QUIC.
import {madeOf, type Text, worded} from '../../lesson/text.ts';
import type {FactsOf} from '../../verdict/facts.ts';
import type {MessagesId} from '../../verdict/ids.ts';
import {messagesTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import {faultText} from '../inspect/http-faults.ts';
import {faultWords} from '../inspect/http2-faults.ts';
import type {Writers} from './writers.ts';

const streamText = (stream: number | undefined): string | undefined =>
  stream === undefined ? undefined : String(stream);

/** Returns the sentence of a finding on a faulty HTTP message, which contains the text on the fault. */
const httpFault = ({fault, others}: FactsOf<'http-fault'>): Text => {
  const told = faultText(fault);
  return madeOf(
    [],
    (language) => worded(say['http-fault'], {told: told?.[language] ?? fault.code, others})[language],
  );
};

const http2Fault = ({fault, guilty, by, error, stream}: FactsOf<'http2-fault'>): Text => {
  const told = fault && faultWords(guilty ?? 'client', fault);
  return madeOf(
    [],
    (language) =>
      worded(say['http2-fault'], {
        ...{told: told?.[language], frame: fault?.frame ?? 0, clause: fault?.clause ?? ''},
        ...{by, guilty, error: error ?? '', stream: streamText(stream)},
      })[language],
  );
};

/** Returns the reason for which the client did not accept the server's TLS certificate. */
const distrustOf = ({expired, otherName, own}: FactsOf<'tls-untrusted'>) => {
  if (expired) return 'expired';
  if (otherName) return 'name';
  return own ? 'own' : 'unknown';
};

/**
 * Returns whom the close code of a broken WebSocket connection blames: `own` for a fault of the end that closed (1011), `sent` for what the
 * other end sent; `none` if a broken rule was seen, or without a code.
 */
const blameOf = ({rule, by, code}: FactsOf<'websocket-fault'>): 'none' | 'own' | 'sent' => {
  if (rule !== undefined || by === undefined) return 'none';
  return code === '1011' ? 'own' : 'sent';
};

export const messagesWriters: Writers<MessagesId> = {
  'tls-alert': ({facts}) => worded(say['tls-alert'], facts),
  'tls-plain-mismatch': ({facts}) => worded(say['tls-plain-mismatch'], facts),
  'tls-untrusted': ({facts}) =>
    worded(say['tls-untrusted'], {
      ...facts,
      why: distrustOf(facts),
      issuer: facts.issuer ?? '',
      site: facts.site ?? '',
    }),
  'tls-nothing-common': ({facts}) => worded(say['tls-nothing-common'], facts),
  'tls-client-certificate': ({facts}) => worded(say['tls-client-certificate'], facts),
  'tls-old': ({facts: {version, rfc}}) => worded(say['tls-old'], {version, rfc: String(rfc)}),
  'tls-cut': ({facts}) => worded(say['tls-cut'], facts),
  'http-status': ({facts}) => worded(say['http-status'], facts),
  'http-fault': ({facts}) => httpFault(facts),
  'http2-fault': ({facts}) => http2Fault(facts),
  'http3-fault': ({facts}) => worded(say['http3-fault'], {...facts, stream: streamText(facts.stream)}),
  'websocket-fault': ({facts}) =>
    worded(say['websocket-fault'], {
      ...facts,
      told: facts.rule && say.rule[facts.rule],
      blame: blameOf(facts),
      clause: facts.clause ?? '',
      code: facts.code ?? '',
    }),
  'quic-unanswered': ({facts}) => worded(say['quic-unanswered'], {...facts, us: formatTime(facts.us)}),
  'quic-closed': ({facts}) => worded(say['quic-closed'], facts),
  'tls-weak-suite': ({facts}) => worded(say['tls-weak-suite'], facts),
  'tls-no-forward-secrecy': ({facts}) => worded(say['tls-no-forward-secrecy'], facts),
  'tls-certificate': ({facts}) => worded(say['tls-certificate'], facts),
  'tls-canceled': ({facts}) => worded(say['tls-canceled'], facts),
  'tls-retry': ({facts}) => worded(say['tls-retry'], facts),
  'tls-early-data': ({facts}) => worded(say['tls-early-data'], facts),
  'tls-old-hello': ({facts}) => worded(say['tls-old-hello'], facts),
  'http-client-error': ({facts}) => worded(say['http-client-error'], facts),
  'http-unanswered': ({facts}) => worded(say['http-unanswered'], facts),
  'h2-reset': ({facts}) => worded(say['h2-reset'], facts),
  'quic-gave-up': ({facts: {us, idleMs, ...facts}}) =>
    worded(say['quic-gave-up'], {
      ...{...facts, us: formatTime(us)},
      idle: idleMs > 0 ? formatTime(idleMs * 1000) : undefined,
    }),
  'quic-gap': ({facts}) => worded(say['quic-gap'], {...facts, us: formatTime(facts.us)}),
  'quic-moved': ({facts}) => worded(say['quic-moved'], facts),
  'quic-stream-reset': ({facts}) => worded(say['quic-stream-reset'], facts),
  'quic-version-negotiation': ({facts}) => worded(say['quic-version-negotiation'], facts),
  'quic-retry': ({facts}) => worded(say['quic-retry'], facts),
};
