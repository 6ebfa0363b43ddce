import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on the page as it stands: the rule, what it asks for, and the element, a line each. */
export const axeFindings = async (page: Page, rules?: string[]): Promise<string[]> => {
  // In one frame: the other way opens a page of its own at the end, which costs as much again.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html.slice(0, 160)}`));
};
