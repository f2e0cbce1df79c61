import { expect, test } from 'vitest';
import { maySee, placeAt, placesOf } from './places';

test('a page lights one place of the rail: the inner one of those that somebody has', () => {
  expect(placeAt('/calendar/waitlist', placesOf(['front-desk']))).toBe('/calendar/waitlist');
  expect(placeAt('/calendar/waitlist', placesOf(['nurse']))).toBe('/calendar');
  expect(placeAt('/today/notes', placesOf(['prescriber']))).toBe('/today/notes');
  expect(placeAt('/patients/0198/safety', placesOf(['nurse']))).toBe('/patients');
  expect(placeAt('/today-too', placesOf(['nurse']))).toBeUndefined();
});

test('a page of other roles is known before anything is asked of a service', () => {
  expect(maySee('/today/calls', ['front-desk'])).toBe(false);
  expect(maySee('/today/calls', ['nurse'])).toBe(true);
  expect(maySee('/today/rems/0198', ['biller'])).toBe(false);
  expect(maySee('/today', ['front-desk'])).toBe(true);
});
