// What TLS did that packets do not show. Messages, records and keys have places of their own.
import type {Language} from '../lesson/text.ts';
import type {TlsTold} from '../sim/tls-host.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {earlyVerbs, pathFaults, tlsSentences, tlsSteps} from './tls-events.ts';

/** undefined: nothing worth a line. */
export const tlsEventText = (told: TlsTold, language: Language): string | undefined => {
  const say = tlsSentences[language];
  switch (told.kind) {
    case 'established': {
      const {version, suite, alpn, resumed} = told.agreement;
      const parts = [version, cipherSuiteName(suite), alpn ?? [], resumed ? say.resumed : []].flat();
      return say.established(parts.join(', '));
    }
    case 'alert':
      return told.op === 'sent' ? say.sent(told.name) : say.received(told.name);
    case 'closed':
      // The alert has a line of its own.
      return told.how === 'alert' ? undefined : say[told.how === 'truncated' ? 'truncated' : 'closed'];
    case 'session':
      return say.ticket(told.session.lifetimeS);
    case 'earlyRefused':
      return say.refused(told.data.length);
    case 'recovered':
      return say.recovered(told.client.length, told.server.length);
    case 'unrecovered':
      return told.why === 'no-key-transport' ? say.unrecovered : say.unread;
    case 'path':
      return say.path;
    case 'pathFault':
      return say.pathFault(pathFaults[told.fault][language]);
    case 'earlyData':
      return earlyVerbs[told.op][language];
    default:
      return undefined;
  }
};

/** For whoever asks about one step: also what packets, records and keys tell elsewhere. */
export const tlsStepText = (told: TlsTold, language: Language): string => {
  const steps = tlsSteps[language];
  switch (told.kind) {
    case 'message':
      return told.op === 'sent'
        ? steps.writes(spokenMessage(told.name))
        : steps.reads(spokenMessage(told.name));
    case 'record':
      return steps.record;
    case 'keys':
      return steps.keys;
    case 'schedule':
    case 'secret':
      return steps.secret;
    case 'state':
      return steps.state(told.to);
    default:
      return tlsEventText(told, language) ?? steps.other;
  }
};
