// `count-tests.mjs REPORTS FILE…`: how many tests passed, failed and were skipped in that many of Vitest's JSON reports.
// A test that is in several counts once, at its worst; a file that failed without a failed test counts as one.
import {readFileSync} from 'node:fs';
import process from 'node:process';

const [wanted, ...files] = process.argv.slice(2);
const order = ['skipped', 'passed', 'failed'];
const kindOf = (status) => (status === 'passed' || status === 'failed' ? status : 'skipped');

const worst = new Map();
const note = (name, kind) => {
  if (order.indexOf(kind) > order.indexOf(worst.get(name) ?? '')) worst.set(name, kind);
};

for (const file of files) {
  const {testResults} = JSON.parse(readFileSync(file, 'utf8'));
  for (const {name, status, assertionResults} of testResults) {
    // Tests of one name in one file are told apart by their place among them.
    const met = new Map();
    for (const {fullName, status} of assertionResults) {
      const nth = (met.get(fullName) ?? 0) + 1;
      met.set(fullName, nth);
      note(JSON.stringify([name, fullName, nth]), kindOf(status));
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
      note(JSON.stringify([name]), 'failed');
  }
}

// A run that wrote no report did not come to its end.
if (files.length < Number(wanted)) note('a report is missing', 'failed');
const count = (kind) => [...worst.values()].filter((each) => each === kind).length;
console.log(count('passed'), count('failed'), count('skipped'));
