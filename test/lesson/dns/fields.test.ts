// Oracle: dissect, which is held against tshark field by field (test/wire/dissect.test.ts).
import {describe, expect, test} from 'vitest';
import {dnsFields} from '../../../source/lesson/dns/dns-fields.ts';
import {fieldValues, packetFields} from '../../../source/lesson/packet-field.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {captureFiles} from '../../wire/captures.ts';

const names = packetFields.filter((name) => Object.hasOwn(dnsFields, name));

/** Numbers as numbers, whether they are printed in decimal or in hexadecimal. */
const comparable = (value: string): number | string =>
  /^(0x[0-9a-f]+|\d+)$/.test(value) ? Number(value) : value;

describe.each(captureFiles.filter((name) => /^1[37]/.test(name)))('%s', (file) => {
  const trace = capturedTrace(file);
  const packets = Array.from({length: trace.packetCount}, (_, index) => {
    const packet = trace.packet(index + 1);
    return {packet, fields: dissect(packet.bytes, packet.linkType).layers.flatMap(({fields}) => fields)};
  });

  test.each(names)('%s of every packet is what the inspector shows', (name) => {
    for (const {packet, fields} of packets) {
      const shown = fields.filter((field) => field.name === name).map(({value}) => comparable(value));
      const ours = fieldValues(trace, packet, name).map(({value}) => value);
      expect(ours, `packet ${packet.id}`).toEqual(shown);
    }
  });
});

test('there are fields to compare', () => {
  expect(names.length).toBe(Object.keys(dnsFields).length);
  expect(names).toContain('dns.flags.recdesired');
});
