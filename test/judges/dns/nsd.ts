// A real authoritative server, NSD, over the same zone files: its own directory, a port of its own, no privileges.
import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {query} from '../../stack/dns/words.ts';
import {ask, type Server} from './loopback.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const settings = (folder: string, port: number, origins: readonly string[]): string =>
  [
    'server:',
    `  ip-address: 127.0.0.1@${port}`,
    '  server-count: 1',
    '  username: ""',
    '  chroot: ""',
    '  database: ""',
    '  refuse-any: no',
    '  rrl-ratelimit: 0',
    ...['pidfile', 'logfile', 'xfrdfile', 'zonelistfile'].map((name) => `  ${name}: "${join(folder, name)}"`),
    `  zonesdir: "${folder}"`,
    `  xfrdir: "${folder}"`,
    'remote-control:',
    '  control-enable: no',
    ...origins.map((origin) => `zone:\n  name: "${origin}"\n  zonefile: "${origin}zone"`),
  ].join('\n');

/** Why there is none, if there is none. */
export const nsdMissing = (): string | undefined =>
  spawnSync('nsd', ['-v']).error ? 'nsd is not installed' : undefined;

const answers = async (port: number, origin: string, child: ChildProcess): Promise<boolean> => {
  const bytes = encodeDns(query(origin, 'SOA'));
  for (let tries = 0; tries < 50 && child.exitCode === null; tries++)
    if (await ask(port, bytes, 300)) return true;
  return false;
};

export const openNsd = async (texts: Readonly<Record<string, string>>): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), 'nsd-'));
  const port = await freePort();
  const origins = Object.keys(texts);
  for (const [origin, text] of Object.entries(texts)) writeFileSync(join(folder, `${origin}zone`), text);
  const file = join(folder, 'nsd.conf');
  writeFileSync(file, settings(folder, port, origins));
  const child = spawn('nsd', ['-d', '-c', file], {stdio: ['ignore', 'ignore', 'pipe']});
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const close = (): void => {
    child.kill('SIGTERM');
    // It still writes into its folder while it stops.
    rmSync(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
  };
  if (await answers(port, origins[0] ?? '.', child)) return {port, close};
  close();
  throw new Error(`nsd does not answer: ${complaint}`);
};
