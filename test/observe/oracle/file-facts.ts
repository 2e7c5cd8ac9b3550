// What a capture file says about itself, by the first octets of it (the pcap and pcapng drafts of the IETF).
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import type {Facts} from './facts.ts';

const linkTypes: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'EN10MB',
  101: 'RAW',
  108: 'LOOP',
  113: 'LINUX_SLL',
  228: 'IPV4',
  229: 'IPV6',
  276: 'LINUX_SLL2',
};

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;

const ngFacts = (bytes: DataView): Facts => {
  const little = bytes.getUint32(8, true) === 0x1a2b3c4d;
  let at = 0;
  while (at + 12 <= bytes.byteLength && bytes.getUint32(at, little) !== INTERFACE)
    at += bytes.getUint32(at + 4, little);
  const linkType = at + 12 <= bytes.byteLength ? bytes.getUint16(at + 8, little) : -1;
  return {
    format: 'pcapng',
    byteOrder: little ? 'little' : 'big',
    linkType: linkTypes[linkType] ?? String(linkType),
  };
};

export const fileFacts = (file: string): Facts => {
  const raw = readFileSync(file);
  const plain = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
  const bytes = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  if (bytes.getUint32(0) === SECTION) return ngFacts(bytes);
  const little = bytes.getUint8(0) === 0xd4 || bytes.getUint8(0) === 0x4d;
  const linkType = bytes.getUint32(20, little) & 0xffff;
  return {
    format: 'pcap',
    byteOrder: little ? 'little' : 'big',
    timestampPrecision: bytes.getUint32(0, little) === 0xa1b23c4d ? 'nano' : 'micro',
    linkType: linkTypes[linkType] ?? String(linkType),
    snapLength: bytes.getUint32(16, little),
  };
};
