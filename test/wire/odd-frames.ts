// The frames that no recorded capture has, of every protocol, and what others make of them.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodePcapng} from '../../source/wire/pcap/writer.ts';
import {oddities as others} from './oddities.ts';
import {dnsOddities} from './oddities-dns.ts';

export const oddities = [...others, ...dnsOddities];

/** What `read` says of a capture of them all. */
export const ofOddities = <T>(read: (file: string) => T): T => {
  const links = [...new Set(oddities.map(({linkType}) => linkType))];
  const records = oddities.map(({bytes, linkType, originalLength}, index) => ({
    atUs: index,
    bytes,
    interfaceId: links.indexOf(linkType),
    ...(originalLength !== undefined && {originalLength}),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const file = join(folder, 'oddities.pcapng');
  writeFileSync(
    file,
    Buffer.concat([...encodePcapng({interfaces: links.map((linkType) => ({linkType}))}, records)]),
  );
  const found = read(file);
  rmSync(folder, {recursive: true});
  return found;
};
