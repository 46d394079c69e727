import type { Reporter, TestCase, TestModule } from 'vitest/node';

const words = { passed: 'ok', 'not offered': 'not offered', failed: 'FAILED', left: 'not run' };
const idWidth = 28;
const stateWidth = 13;

/** One line a case, and at the end one line a channel: what `npm run conformance` prints. */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { readonly message: string }[]) {
    for (const module of modules) printChannel(module);
    for (const { message } of errors) console.log(`FAILED outside the cases: ${message}`);
    for (const module of modules) console.log(summaryOf(module));
  }
}

function printChannel(module: TestModule): void {
  console.log(`\n${channelOf(module)}\n${'─'.repeat(100)}`);
  for (const one of module.children.allTests()) console.log(lineOf(one));
  for (const { message } of module.errors()) console.log(`FAILED to start: ${message}`);
  for (const suite of module.children.allSuites()) {
    for (const { message } of suite.errors()) console.log(`FAILED around the cases: ${message}`);
  }
}

function lineOf(one: TestCase): string {
  const result = one.result();
  const [id = '', ...promise] = one.name.split(': ');
  const start = `${id.padEnd(idWidth)} ${words[stateOf(one)].padEnd(stateWidth)}`;
  if (result.state === 'skipped') return `${start} ${result.note ?? ''}`;
  if (result.state !== 'failed') return `${start} ${promise.join(': ')}`;
  const reasons = result.errors.map(({ message }) => message.slice(0, 600));
  return `${start} ${promise.join(': ')}\n${' '.repeat(idWidth + 1)}expected: ${reasons.join('\n')}`;
}

function summaryOf(module: TestModule): string {
  const states = [...module.children.allTests()].map(stateOf);
  const count = (state: string) => states.filter((one) => one === state).length;
  const { duration } = module.diagnostic();
  return [
    channelOf(module).padEnd(idWidth),
    `${count('passed')} ok, ${count('not offered')} not offered, ${count('failed')} FAILED`,
    `(${(duration / 1000).toFixed(1)} s)`,
  ].join(' ');
}

/** A case is left out with a reason, or was not asked for on the command line. */
function stateOf(one: TestCase): keyof typeof words {
  const result = one.result();
  if (result.state === 'skipped') return result.note ? 'not offered' : 'left';
  return result.state === 'pending' ? 'left' : result.state;
}

function channelOf(module: TestModule): string {
  return module.moduleId.split('/').at(-1)?.replace(/\.ts$/, '') ?? '';
}
