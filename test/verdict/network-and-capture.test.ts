// Each capture of a known cause leads to the finding of that cause, and to none of its near relatives.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {captureFindings} from '../../source/verdict/capture.ts';
import {networkFindings} from '../../source/verdict/network.ts';
import {CaptureReader} from '../../source/wire/pcap/reader.ts';

const found = (name: string): readonly string[] => {
  const inspector = new CaptureInspector();
  const bytes = readFileSync(new URL(`../fixtures/causes/${name}.pcap`, import.meta.url));
  for (const record of new CaptureReader().push(bytes).records) inspector.add(record);
  inspector.finish();
  const evidence = {...allShown(inspector, []), quic: [], inspector};
  return [...networkFindings(evidence), ...captureFindings(evidence)].map(({id}) => id);
};

test.each([
  ['address-conflict', ['address-conflict']],
  ['arp-two-macs', ['arp-two-macs']],
  ['dhcp-no-offer', ['dhcp-no-offer']],
  ['dhcp-nak', ['dhcp-nak']],
  ['ping-loss', ['ping-loss']],
  ['hop-silent', ['hop-silent']],
  ['route-loop', ['route-loop']],
  ['port-unreachable', ['port-unreachable']],
  ['fragments-incomplete', ['fragments-incomplete']],
  ['bad-checksum', ['bad-checksum']],
  ['offload', ['offload']],
  ['twice-captured', ['twice-captured']],
])('%s', (name, ids) => {
  expect(found(name)).toEqual(ids);
});
