// The faults of undecodable TLS 1.2 handshake messages, and the rules about them (RFC 5246 §7.2.2, §7.4).
import type {TlsError} from '../../../wire/tls/tls-error.ts';
import {type Fault, fault} from '../fault.ts';
import type {TlsRuleId} from '../rules.ts';

const ruleFor = ({code}: TlsError): TlsRuleId => {
  if (code === 'handshake-type') return '5246:7.3/unexpected';
  return code === 'extension-twice' ? '9846:4.3/twice' : '5246:7.2.2/decode';
};

export const messageFault = (error: TlsError): Fault => fault(error.alert, ruleFor(error));

export const unexpected12 = fault('unexpected_message', '5246:7.3/unexpected');
