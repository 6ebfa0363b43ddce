import type { Reporter, TestCase, TestModule } from 'vitest/node';

const placeOf = (test: TestCase): string => `${test.project.name}: ${test.module.relativeModuleId} > ${test.fullName}`;

/**
 * Names the tests that passed only when they were run again. They wait for real servers, processes and clocks, so that a
 * busy machine may fail one by chance: that stops nobody, but it is told, because it may be more than chance.
 */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const flaky = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    );
    if (flaky.length === 0) return;
    process.stderr.write(`\nPassed only when run again:\n${flaky.map((test) => `  ${placeOf(test)}`).join('\n')}\n`);
  }
}
