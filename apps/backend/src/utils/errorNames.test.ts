import { Forbidden } from 'payload';
import { expect, test } from 'vitest';
import { refusalLevels, restoreErrorNames } from './errorNames';

test('an error of Payload is called by its name again after its class was renamed', () => {
  Object.defineProperty(Forbidden, 'name', { value: 'o' });
  expect(new Forbidden().name).toBe('o');
  restoreErrorNames();
  expect(new Forbidden().name).toBe('Forbidden');
  expect(refusalLevels.Forbidden).toBe('info');
});
