// What a system has not: its tests are skipped there, and the reason is printed.
import {spawnSync} from 'node:child_process';
import process from 'node:process';

const said = (isLacking: boolean, reason: string): boolean => {
  if (isLacking) console.warn(`skipped: ${reason}`);
  return isLacking;
};

/** `needed`: `signals`, `named pipes`, … */
export const lacks = (needed: string): boolean =>
  said(process.platform === 'win32', `Windows has no ${needed}`);

/** `needed`: what Linux alone has. */
export const noLinux = (needed: string): boolean =>
  said(process.platform !== 'linux', `only Linux has ${needed}`);

/** Returns whether a test has to be skipped because it needs root. `to` names what only root may do. */
export const needsRoot = (to: string): boolean =>
  said(process.geteuid !== undefined && process.geteuid() !== 0, `only root may ${to}`);

/** Returns whether a test has to be skipped because this process may not mount a disk of its own. */
export const noMounts = (): boolean =>
  said(spawnSync('unshare', ['-r', '-m', 'true']).status !== 0, 'mounting needs unshare and user namespaces');
