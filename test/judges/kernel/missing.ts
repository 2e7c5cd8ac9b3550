// What a judge needs to have the kernel at one end: a network namespace of its own and a TUN device in it, without root.
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/** Why these judges cannot sit here; undefined where they can. */
export const judgeMissing = (): string | undefined => {
  if (process.platform !== 'linux') return `the kernel here is ${process.platform}`;
  if (spawnSync('python3', ['--version']).status !== 0) return 'python3 is not installed';
  const device = fileURLToPath(new URL('tun.py', import.meta.url));
  const command = ['-Urn', 'python3', device, '10.77.9.1', 'true'];
  const {status, stderr} = spawnSync('unshare', command, {encoding: 'utf8', timeout: 10_000});
  return status === 0 ? undefined : `no namespace with a TUN device: ${stderr?.trim().split('\n').at(-1)}`;
};
