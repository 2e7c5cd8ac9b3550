// DHCP in the bytes panel. Oracle: tshark 4.0.17 (`tshark -r 27c-dhcp.pcap -T json`), written down here.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {dissect} from '../../source/wire/dissect.ts';
import {todayFolder} from '../helpers/captured-today.ts';
import {readBytes} from './captures.ts';

const frames = readBytes(readFileSync(`${todayFolder}27c-dhcp.pcap`)).records;

const dhcpOf = (frame: number): readonly string[] =>
  dissect(frames[frame - 1]?.bytes ?? new Uint8Array(0), 1)
    .layers.filter(({protocol}) => protocol === 'dhcp')
    .flatMap(({fields}) => fields.map(({name, value}) => `${name.slice(5)} ${value}`));

test('a Discover', () => {
  expect(dhcpOf(1)).toEqual([
    ...[
      'type 1',
      'hw.type 0x01',
      'hw.len 6',
      'hops 0',
      'id 0xa22c4e6a',
      'secs 0',
      'flags 0x0000',
      'flags.bc 0',
    ],
    ...['ip.client 0.0.0.0', 'ip.your 0.0.0.0', 'ip.server 0.0.0.0', 'ip.relay 0.0.0.0'],
    ...['hw.mac_addr 8e:27:66:06:fc:08', 'cookie 99.130.83.99'],
    ...['option.type 53', 'option.length 1', 'option.value 01', 'option.dhcp 1'],
    ...['option.type 57', 'option.length 2', 'option.value 0240', 'option.dhcp_max_message_size 576'],
    ...['option.type 55', 'option.length 7', 'option.value 0103060c0f1c2a'],
    ...[1, 3, 6, 12, 15, 28, 42].map((code) => `option.request_list_item ${code}`),
    ...['option.type 12', 'option.length 5', 'option.value 7475746f72', 'option.hostname tutor'],
    ...['option.type 60', 'option.length 12', 'option.value 756468637020312e33352e30'],
    'option.vendor_class_id udhcp 1.35.0',
    ...['option.type 61', 'option.length 7', 'option.value 018e276606fc08'],
    ...['option.type 255', 'option.end 255'],
  ]);
});

test('an address is given: its time, and where to go from there', () => {
  expect(dhcpOf(4)).toEqual(
    expect.arrayContaining([
      ...['type 2', 'ip.your 10.77.58.119', 'option.dhcp 5', 'option.dhcp_server_id 10.77.58.80'],
      ...['option.ip_address_lease_time 3600', 'option.renewal_time_value 1800'],
      ...['option.subnet_mask 255.255.255.0', 'option.router 10.77.58.1', 'option.domain_name lab.example'],
    ]),
  );
});

test('options between padding, with nothing in them, longer than a number is, and cut (RFC 2132 §2)', () => {
  const options = [0, 0, 80, 0, 51, 5, 1, 2, 3, 4, 5, 12, 2, 0x68, 0x69, 53, 4, 1];
  const [header, ...rest] = frames[0]
    ? [frames[0].bytes.subarray(0, 42 + 240), ...options]
    : [new Uint8Array(0)];
  const bytes = Uint8Array.from([...header, ...rest]);
  const rows = dissect(bytes, 1, bytes.length)
    .layers.filter(({protocol}) => protocol === 'dhcp')
    .flatMap(({fields}) => fields.map(({name, value}) => `${name.slice(5)} ${value}`));
  expect(rows.slice(rows.findIndex((row) => row.startsWith('cookie')) + 1)).toEqual([
    ...['option.type 80', 'option.length 0'],
    ...['option.type 51', 'option.length 5', 'option.value 0102030405'],
    ...['option.type 12', 'option.length 2', 'option.value 6869', 'option.hostname hi'],
    'option.type 53',
  ]);
});

test('cut anywhere it is read as far as it goes', () => {
  const whole = frames[0]?.bytes ?? new Uint8Array(0);
  for (let length = 42; length < whole.length; length += 7)
    expect(() => dissect(whole.subarray(0, length), 1, whole.length)).not.toThrow();
});
