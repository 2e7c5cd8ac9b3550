// The states above the first row of a long run's ladder. Oracle: the world's own record of the connection at that time.
import {expect, test} from 'vitest';
import {load, traceOf} from '../../lesson/fragments.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

test('what a packet that is no longer shown has changed at its landing counts', () => {
  const lesson = load({
    topology: `topology:
  hosts: {client: {ip: 192.0.2.10, tcp: {mss: 1000}}, server: {ip: 198.51.100.20, tcp: {mss: 1000}}}
  links: [{name: path, between: [client, server], delay: 50ms}]
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', as: c}
  - {on: {host: client, event: connected, of: c}, call: send, of: c, bytes: 200000}
`,
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: x, zh: 一}}\n',
  });
  const opened = open({trace: traceOf(lesson)});
  const {trace} = opened;
  // Data leave in the instant of the third packet, before the server has that.
  expect(trace.packet(4).sentUs).toBe(trace.packet(3).sentUs);
  expect(trace.packetCount).toBeGreaterThan(400);
  const server = trace.stateAt(trace.length)?.hosts.server?.tcp.connections;
  expect([...(server?.values() ?? [])].map(({state}) => state)).toContain('ESTABLISHED');
  const last = trace.event(trace.length).atUs;
  const lines = textOf(canvasOf(opened, playingAt(opened, last), {columns: 120, rows: 40}));
  const top = lines.findIndex((line) => line.includes('earlier packets'));
  expect(lines[top + 1]).toMatch(/ESTABLISHED │ +│ ESTABLISHED/);
});
