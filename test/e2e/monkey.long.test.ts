// The monkey at its full length.
import {monkeyTests} from '../helpers/monkey/tests.ts';

monkeyTests(200_000, 4000, 10 * 3_600_000);
