// Writes the events of TLS that packets do not show; messages, records and keys are shown elsewhere.
import type {Language} from '../lesson/text.ts';
import type {TlsTold} from '../sim/tls-host.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {earlyVerbs, pathFaults, tlsSentences, tlsSteps} from './catalogue/tls-events.ts';

/** Returns the text of a TLS event, such as an agreed version and suite; undefined if the event is not worth a line. */
export const tlsEventText = (told: TlsTold, language: Language): string | undefined => {
  switch (told.kind) {
    case 'established': {
      const {version, suite, alpn, resumed} = told.agreement;
      const parts = [
        version,
        cipherSuiteName(suite),
        alpn ?? [],
        resumed ? tlsSentences.resumed[language] : [],
      ].flat();
      return tlsSentences.established[language]({what: parts.join(', ')});
    }
    case 'alert':
      return told.op === 'sent'
        ? tlsSentences.sent[language]({alert: told.name})
        : tlsSentences.received[language]({alert: told.name});
    case 'closed':
      // If a TLS connection is closed by an alert, nothing is said, because the alert has a line of its own.
      return told.how === 'alert'
        ? undefined
        : tlsSentences[told.how === 'truncated' ? 'truncated' : 'closed'][language];
    case 'session':
      return tlsSentences.ticket[language]({seconds: told.session.lifetimeS});
    case 'earlyRefused':
      return tlsSentences.refused[language]({bytes: told.data.length});
    case 'recovered':
      return tlsSentences.recovered[language]({client: told.client.length, server: told.server.length});
    case 'unrecovered':
      return told.why === 'no-key-transport'
        ? tlsSentences.unrecovered[language]
        : tlsSentences.unread[language];
    case 'path':
      return tlsSentences.path[language];
    case 'pathFault':
      return tlsSentences.pathFault[language]({fault: pathFaults[told.fault][language]});
    case 'earlyData':
      return earlyVerbs[told.op][language];
    default:
      return undefined;
  }
};

/** Returns the text of a step of TLS that the learner asks about, including messages, records and keys. */
export const tlsStepText = (told: TlsTold, language: Language): string => {
  switch (told.kind) {
    case 'message':
      return told.op === 'sent'
        ? tlsSteps.writes[language]({message: spokenMessage(told.name)})
        : tlsSteps.reads[language]({message: spokenMessage(told.name)});
    case 'record':
      return tlsSteps.record[language];
    case 'keys':
      return tlsSteps.keys[language];
    case 'schedule':
    case 'secret':
      return tlsSteps.secret[language];
    case 'state':
      return tlsSteps.state[language]({name: told.to});
    case 'closed':
      return tlsEventText(told, language) ?? tlsSteps.ended[language];
    default:
      return tlsEventText(told, language) ?? tlsSteps.other[language];
  }
};
