// Explains fields of TLS: their meaning by version, what lengths count, and why an alert is sent.

import {tlsText} from '../../account/notation.ts';
import {recordParts} from '../../account/tls-parts.ts';
import {messagesIn, valuesOf} from '../../wire/tls/segment-layers.ts';
import {fieldCases} from '../../words/catalogue/fields.ts';
import {capturedCarried} from '../../words/catalogue/player.ts';
import {whyFilled} from '../../words/catalogue/why.ts';
import {eyeHands} from '../../words/hands.ts';
import {alertReason} from '../why/alert-reason.ts';
import type {Entry, Means, Protocol} from './entry.ts';

/**
 * Explains a field of a ServerHello or HelloRetryRequest that chooses from what the ClientHello offers. TLS 1.2 chooses the version by the
 * version field, TLS 1.3 by an extension (RFC 9846 §4.2.3). undefined in other messages.
 */
const chosen =
  (text: (kept: boolean, isTls12: boolean) => keyof typeof fieldCases | undefined): Means =>
  (field, layer, isTls12) => {
    const {name = '', fields = []} = messagesIn(layer).find((each) => each.fields.includes(field)) ?? {};
    if (name !== 'ServerHello' && name !== 'HelloRetryRequest') return undefined;
    const kept = valuesOf(fields, 'tls.handshake.extensions.supported_version').length > 0;
    const key = text(kept, isTls12);
    return key && {clause: isTls12 ? 'RFC 5246 §7.4.1.3' : 'RFC 9846 §4.2.3', text: fieldCases[key]};
  };

/** The registry entry of a TLS alert. It tells why TLS sends the alert, and not how the alert is carried. */
const alert: Entry = {
  from: ({trace, record, language}) =>
    (alertReason(trace, record.id)?.text ?? capturedCarried.sealedAlert)[language],
};

/**
 * Tells whether a TLS field is the length of what follows. `max_fragment_length` is not, because it is a limit on records (RFC 6066 §4).
 */
const isLength = (name: string): boolean =>
  /[._]len(gth)?$/.test(name) && !name.endsWith('max_fragment_length');

export const tls: Protocol = {
  line: (layer, {language}) => tlsText(recordParts(layer), eyeHands[language]),
  fields: {
    'tls.record.version': {
      means: (_, __, isTls12) =>
        isTls12 ? {clause: 'RFC 5246 §6.2.1', text: fieldCases['tls.record.version']} : undefined,
    },
    'tls.handshake.version': {
      means: chosen((kept, isTls12) => (isTls12 ? 'chosenVersion' : kept ? 'keptVersion' : undefined)),
    },
    // TLS 1.3 has no compression, so its ServerHello chooses no compression method.
    'tls.handshake.comp_method': {means: chosen(() => 'tls.handshake.comp_method')},
    'tls.alert_message': alert,
    'tls.alert_message.level': alert,
    'tls.alert_message.desc': alert,
  },
  others: {
    from({field, language}) {
      const bytes = Number(field.value);
      return isLength(field.name) && Number.isInteger(bytes)
        ? whyFilled.counts[language]({bytes})
        : undefined;
    },
  },
};
