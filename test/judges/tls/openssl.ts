// OpenSSL's command line and curl as the other end of a loopback connection.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {fileURLToPath} from 'node:url';
import {expect, vi} from 'vitest';
import {listen} from './loopback.ts';

const version = spawnSync('openssl', ['version'], {encoding: 'utf8'}).stdout ?? '';
export const noOpenssl = /^OpenSSL 3/.test(version) ? undefined : 'openssl 3 is not installed';
if (noOpenssl) console.log(`openssl as judge skipped: ${noOpenssl}`);
export const noCurl = spawnSync('curl', ['--version']).error ? 'curl is not installed' : undefined;
if (noCurl) console.log(`curl over TLS skipped: ${noCurl}`);

export const pem = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));

const page = 'HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n';
export const answer = (heard: string) => (heard.includes('\r\n\r\n') ? page : undefined);
export const request = 'GET / HTTP/1.0\r\n\r\n';

export type Said = {readonly stdout: string; readonly stderr: string};

/** Runs it to its end with that on its standard input. */
export const say = async (program: string, words: readonly string[], input = ''): Promise<Said> => {
  const child = spawn(program, words);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdin.write(input);
  const timer = setTimeout(() => child.kill(), 10_000);
  await once(child, 'close');
  clearTimeout(timer);
  return {stdout, stderr};
};

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
};

/** s_server, with the ECDSA certificate unless `words` name another. */
export const started = async (words: readonly string[]) => {
  const port = await freePort();
  const fixed = ['-accept', `127.0.0.1:${port}`, '-cert', pem('p256'), '-key', pem('p256-key')];
  const child = spawn('openssl', ['s_server', ...fixed, ...words]);
  let printed = '';
  child.stdout.on('data', (data) => {
    printed += data;
  });
  child.stderr.on('data', (data) => {
    printed += data;
  });
  await vi.waitFor(() => expect(printed).toContain('ACCEPT'), {timeout: 5000});
  return {port, printed: () => printed, stop: () => child.kill()};
};
