// A list as a capture that grows hands it on, of what a test has at hand.
import {items, type SharedList} from '../../source/wire/growing-list.ts';

export const sharedList = <T extends number | object>(all: readonly T[]): SharedList<T> => {
  const list = items<T>();
  for (const item of all) list.push(item);
  return list.shared;
};
