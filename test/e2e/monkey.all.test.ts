// The monkey, for some minutes; for hours: monkey.long.test.ts.
import {monkeyTests} from '../helpers/monkey/tests.ts';

monkeyTests(5000, 240, 600_000);
