// Words the problem of an impossible edit: no packet that it matches has the field, or the field cannot hold the value.
import type {VainFault} from '../account/vain-faults.ts';
import {formatFault} from '../sim/fault-text.ts';
import {impossibleEditSentences} from '../words/catalogue/lesson.ts';
import {nearest} from './nearest.ts';
import {listed, type Problem, problemWith} from './problem.ts';

export const impossibleEdit = ({
  fault,
  packet,
  error,
  fields,
}: Extract<VainFault, {kind: 'impossible'}>): Problem => {
  const {field} = fault;
  const about = {fault: formatFault(fault), field};
  const {noField, range} = impossibleEditSentences;
  if (error.code === 'field-range') {
    const {max, step} = error;
    return problemWith(range, {...about, max, step});
  }
  const near = nearest(field, fields);
  return problemWith(noField, {...about, packet, near, fields: listed(fields)});
};
