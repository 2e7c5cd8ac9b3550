// What recorded TLS connections hold in clear: records of each direction, and the handshake messages among them.
import {readFileSync} from 'node:fs';
import {splitHandshake} from '../../../source/wire/tls/handshake-stream.ts';
import {splitRecords, type TlsRecord} from '../../../source/wire/tls/record.ts';
import {ContentType} from '../../../source/wire/tls/registry.ts';
import {captureFiles, captureFolder} from '../captures.ts';
import {connectionsOf, type Flow} from '../flows.ts';

export const tlsCaptures = captureFiles.filter((name) => /^(16|17a)/.test(name));

type SideFile = {
  readonly tls: {
    readonly version?: string;
    readonly cipherSuite?: string;
    readonly sni?: string;
    readonly alpn?: string;
    readonly alpnOffered?: readonly string[];
    readonly versionsOffered?: readonly string[];
    readonly handshake: readonly {readonly frame: number; readonly message: string}[];
    readonly alerts: readonly {
      readonly frame: number;
      readonly level: string;
      readonly description: string;
    }[];
  };
};

export const sideFile = (name: string): SideFile =>
  JSON.parse(readFileSync(captureFolder + name.replace(/\.pcap(ng)?$/, '.json'), 'utf8'));

const none = new Uint8Array(0);

const recordsOf = ({pieces}: Flow): readonly TlsRecord[] => {
  const records: TlsRecord[] = [];
  let rest: Uint8Array = none;
  for (const piece of pieces) {
    if (piece.kind === 'hole') throw new Error(`a hole of ${JSON.stringify(piece)}`);
    if (piece.kind !== 'bytes') continue;
    const split = splitRecords(rest, piece.bytes);
    if (split.error) throw new Error(split.error.code);
    records.push(...split.records);
    rest = split.rest;
  }
  return records;
};

/** Handshake messages up to the first record that is protected: in TLS 1.2 behind change_cipher_spec, which says nothing in 1.3. */
const clearMessages = (records: readonly TlsRecord[], version: string | undefined): readonly Uint8Array[] => {
  const messages: Uint8Array[] = [];
  let rest: Uint8Array = none;
  let clear = true;
  for (const {type, fragment} of records) {
    if (type === ContentType.change_cipher_spec && version !== 'TLS 1.3') clear = false;
    if (type === ContentType.handshake && clear) {
      const split = splitHandshake(rest, fragment);
      if (!split.ok) throw new Error(split.error.code);
      messages.push(...split.value.messages);
      rest = split.value.rest;
    }
  }
  return messages;
};

type Side = {readonly records: readonly TlsRecord[]; readonly messages: readonly Uint8Array[]};

/** Client and server of each connection. */
export const tlsConnections = (name: string): readonly (readonly [Side, Side])[] => {
  const {version} = sideFile(name).tls;
  const side = (flow: Flow): Side => {
    const records = recordsOf(flow);
    return {records, messages: clearMessages(records, version)};
  };
  return connectionsOf(name).map(({flows: [client, server]}) => [side(client), side(server)]);
};
