// What our claims about speed and memory are measured with: start-up beside bare node and a bundled Ink hello world, the
// Trace of 100,000 packets, a key press of the player, and reading a capture beside tshark and tcpdump. Numbers of one machine in
// one run; only ratios mean anything elsewhere.
import process from 'node:process';
import {measureCapture} from './capture.ts';
import {writeFigures} from './figures.ts';
import {measureFrames, measureFramesAlone} from './frames.ts';
import {measureLook} from './look.ts';
import {measurePlayer} from './player.ts';
import {measureProgress} from './progress.ts';
import {measureShare} from './share.ts';
import {measureStart} from './start.ts';
import {measureTrace} from './trace.ts';

const wanted = process.argv.slice(2);
if (wanted.includes('frames-alone')) {
  await measureFramesAlone();
  process.exit();
}
if (wanted.length === 0 || wanted.includes('start')) await measureStart();
if (wanted.length === 0 || wanted.includes('trace')) measureTrace();
if (wanted.length === 0 || wanted.includes('player')) measurePlayer();
if (wanted.length === 0 || wanted.includes('frames')) measureFrames();
if (wanted.length === 0 || wanted.includes('share')) await measureShare();
if (wanted.length === 0 || wanted.includes('capture')) measureCapture();
if (wanted.length === 0 || wanted.includes('progress')) await measureProgress();
if (wanted.length === 0 || wanted.includes('look')) measureLook(wanted[1]);
writeFigures();
