import { expect, test } from 'vitest';
import { placeAt, placesOf } from './places';

test('a page lights one place of the rail: the inner one of those that somebody has', () => {
  expect(placeAt('/calendar/waitlist', placesOf(['front-desk']))).toBe('/calendar/waitlist');
  expect(placeAt('/calendar/waitlist', placesOf(['nurse']))).toBe('/calendar');
  expect(placeAt('/today/notes', placesOf(['prescriber']))).toBe('/today/notes');
  expect(placeAt('/patients/0198/safety', placesOf(['nurse']))).toBe('/patients');
  expect(placeAt('/today-too', placesOf(['nurse']))).toBeUndefined();
});
