// Options of packetdrill scripts, named as packetdrill's `--help` lists them: what is set, what changes nothing here,
// and what is refused.
import {expect, test} from 'vitest';
import {scriptOption} from '../../../source/drills/packetdrill/script-option.ts';

test('what only tells packetdrill where it runs changes nothing', () => {
  for (const name of ['gateway_ip', 'netmask_ip', 'bind_port', 'connect_port', 'speed', 'verbose'])
    expect(scriptOption(name, '1'), name).toEqual({});
});

test('an option that is not known is refused by its name', () => {
  expect(scriptOption('wire_client', '1').fault?.message.en).toContain('--wire_client');
  expect(scriptOption('ip_version', 'ipv6').fault?.message.en).toContain('ip_version');
  expect(scriptOption('ip_version', 'ipv4')).toEqual({});
});

test('numbers and shares have to be some', () => {
  expect(scriptOption('tolerance_usecs', '4000')).toEqual({toleranceUs: 4000});
  expect(scriptOption('tolerance_usecs', '4ms').fault).toBeDefined();
  expect(scriptOption('tolerance_percent', '100')).toEqual({share: 1});
  expect(scriptOption('tolerance_percent', '101').fault).toBeDefined();
  expect(scriptOption('tolerance_percent', '').fault).toBeDefined();
});

test('the MSS is the MTU without the headers of IPv4 and TCP', () => {
  expect(scriptOption('mtu', '1500')).toEqual({mss: '1460'});
});
