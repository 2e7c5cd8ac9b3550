// What a field says where what stands around it makes it something else than its name tells.
import {type Text, textOf} from '../../lesson/text.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {messagesIn, valuesOf} from '../../wire/tls/segment-layers.ts';
import {fieldCases} from '../../words/catalogue/fields.ts';
import type {FieldText} from '../../words/fields.ts';

const everybody = 'ff:ff:ff:ff:ff:ff';

/** I/G, the lowest bit of the first octet (IEEE Std 802, clause 8.2.2). */
const isGroup = (address: string): boolean => (Number.parseInt(address.slice(0, 2), 16) & 1) === 1;

/** Of a frame for more than one station. */
const stationCase = (address: string): FieldText | undefined => {
  const clause = 'IEEE 802.3 §3.2.3';
  if (address === everybody) return {clause, text: fieldCases.broadcast};
  return isGroup(address) ? {clause, text: fieldCases.multicast} : undefined;
};

const ofRecord = /^dns\.resp\.(name|type|len)$/;

/** The type of the record to which this field belongs. */
const recordType = (field: Field, {fields}: Layer): number => {
  const at = fields.indexOf(field);
  const isType = ({name}: Field): boolean => name === 'dns.resp.type';
  const type =
    field.name === 'dns.resp.name' ? fields.slice(at).find(isType) : fields.slice(0, at + 1).findLast(isType);
  return Number(type?.value);
};

/** A field of OPT itself: it looks like a record, and is none of a name (RFC 6891 §6.1.1). */
export const isOfPseudoRecord = (field: Field, layer: Layer): boolean =>
  ofRecord.test(field.name) && recordType(field, layer) === RecordType.OPT;

/** Of an option of neighbour discovery, for which no field follows. */
const nonce = '14';

// Types of ICMPv6: each from the first to the second has the code 0 alone (RFC 4443 §4, RFC 4861 §4).
const echoRequest = 128;
const redirect = 137;
const reportV2 = 143;

const authenticated = 'dns.flags.authenticated';

/** Who asks sets it, too (RFC 6840 §5.7). */
const isAskedFor = ({name}: Field, {fields}: Layer): boolean =>
  name === authenticated && fields.some((each) => each.name === 'dns.flags.response' && each.value === '0');

/** In a ServerHello it is no offer: TLS 1.2 chooses by it, TLS 1.3 by an extension (RFC 9846 §4.2.3). */
const chosenCase = (field: Field, layer: Layer, is12: boolean): FieldText | undefined => {
  const {name = '', fields = []} = messagesIn(layer).find((each) => each.fields.includes(field)) ?? {};
  if (name !== 'ServerHello' && name !== 'HelloRetryRequest') return undefined;
  if (is12) return {clause: 'RFC 5246 §7.4.1.3', text: fieldCases.chosenVersion};
  return valuesOf(fields, 'tls.handshake.extensions.supported_version').length > 0
    ? {clause: 'RFC 9846 §4.2.3', text: fieldCases.keptVersion}
    : undefined;
};

/** In a ServerHello it is the method taken, and of TLS 1.3 none can be (RFC 9846 §4.2.3). */
const compressionCase = (field: Field, layer: Layer, is12: boolean): FieldText | undefined => {
  const {name} = messagesIn(layer).find((each) => each.fields.includes(field)) ?? {};
  if (name !== 'ServerHello' && name !== 'HelloRetryRequest') return undefined;
  const clause = is12 ? 'RFC 5246 §7.4.1.3' : 'RFC 9846 §4.2.3';
  return {clause, text: fieldCases['tls.handshake.comp_method']};
};

/** Of a message that tells of no error: echo and its reply, MLD, neighbour discovery. */
const codeCase = ({value}: Field, {fields}: Layer): FieldText | undefined => {
  const type = Number(fields.find(({name}) => name === 'icmpv6.type')?.value);
  if (type === reportV2) return {clause: 'RFC 3810 §5.2.1', text: fieldCases.noCode};
  return value === '0' && type >= echoRequest && type <= redirect
    ? {clause: 'RFC 4443 §2.1', text: fieldCases['icmpv6.code']}
    : undefined;
};

/** undefined: it says what its name tells. `is12`: of TLS 1.2 or older. */
export const fieldCase = (field: Field, layer: Layer, is12 = false): FieldText | undefined => {
  if (field.name === 'eth.dst') return stationCase(field.value);
  if (field.name === 'icmpv6.opt.type' && field.value === nonce)
    return {clause: 'RFC 3971 §5.3.2', text: fieldCases['icmpv6.opt.type']};
  if (isAskedFor(field, layer)) return {clause: 'RFC 6840 §5.7', text: fieldCases[authenticated]};
  if (field.name === 'tls.record.version' && is12)
    return {clause: 'RFC 5246 §6.2.1', text: fieldCases[field.name]};
  if (field.name === 'icmpv6.code') return codeCase(field, layer);
  if (field.name === 'tls.handshake.comp_method') return compressionCase(field, layer, is12);
  if (field.name === 'tls.handshake.version') return chosenCase(field, layer, is12);
  if (!isOfPseudoRecord(field, layer)) return undefined;
  const text: Text | undefined = textOf(fieldCases, field.name);
  return text && {clause: 'RFC 6891 §6.1.2', text};
};
