// How each message of the account is judged, and what of one is false.
import type {Facts, Saying, Told} from '../../../source/account/told/facts.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {connectionRows} from './told-connections.ts';
import {goesOn} from './told-lost.ts';
import {pathTold} from './told-path.ts';
import {programsTold} from './told-programs.ts';
import {About, type Claims, type ToldRow} from './told-rows.ts';

/** A message without a row does not compile. */
const rows: {readonly [Kind in Saying]: ToldRow<Kind>} = {...connectionRows, ...pathTold, ...programsTold};

const judge = <Kind extends Saying>(says: Kind, facts: Facts[Kind], said: About): Claims =>
  rows[says](facts, said);

/** Returns what a message claims, by a name for each claim. */
export const claimsOfTold = (trace: Trace, told: Told): Claims => {
  const said = new About({trace, n: told.n}, told.facts);
  const claims = judge(told.says, told.facts, said);
  const {says} = told;
  return told.goesOn && (says === 'lost' || says === 'again' || says === 'askedAgain')
    ? {...claims, ...goesOn(says, said)}
    : claims;
};
