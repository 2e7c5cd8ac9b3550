// The protocols that lessons can use, one line for each.
import {dns} from './dns/constructs.ts';
import {http} from './http/constructs.ts';
import {programs} from './programs/constructs.ts';
import {tcp} from './tcp/constructs.ts';
import {tls} from './tls/constructs.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';
import {world} from './world/constructs.ts';

export const vocabulary: Vocabulary = vocabularyOf([tcp, world, programs, dns, http, tls]);
