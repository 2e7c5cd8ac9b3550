// Values that a setting must refuse, just beyond its bounds.
import {bitsOf, bytesOf} from '../../source/lesson/quantity.ts';
import type {Settable} from '../../source/lesson/settable.ts';
import {parseDuration} from '../../source/sim/fault-text.ts';

/** Values just beyond the bounds. */
export const beyond = ({unit, bounds: {least, most, entries, choices}}: Settable): readonly string[] => {
  if (entries) {
    const one = choices?.[0] ?? '192.0.2.1';
    const isFree = entries === 'values' && choices === undefined;
    const many = Array.from({length: Number(most) + 1}, () => one).join(',');
    return [many, ...(isFree ? [] : [`${one},no such entry`])];
  }
  if (unit === 'switch' || unit === 'choice') return ['no such word'];
  // Two bytes each: what counts is what travels.
  if (unit === 'text') return ['x'.repeat(Number(most) + 1), 'é'.repeat(Number(most) / 2 + 1)];
  const us = (text = '') => parseDuration(text) ?? 0;
  const bytes = (text = '') => bytesOf(/^\d+$/.test(text) ? Number(text) : text);
  const values = {
    time: [`${us(most) + 1}us`, us(least) > 0 ? `${us(least) - 1}us` : '-1us'],
    size: [`${bytes(most) + 1}`, `${bytes(least) - 1}`],
    rate: [`${bitsOf(most ?? '') / 1e9 + 1}Gbit`, `${bitsOf(least ?? '') - 1}bit`],
    percent: ['100.1%', '-1%'],
    number: [`${Number(most) + 1}`, ...(Number(least) > 0 ? [`${Number(least) - 1}`] : ['-1'])],
  };
  return values[unit];
};
