import { expect, test } from 'vitest';
import { sizeWord, titleOf, unfit } from './words';

test('a file that the clinic would refuse is refused before it is sent, with the reason', () => {
  expect(unfit({ name: 'letter.docx', size: 10 })).toMatch(/PDF/);
  expect(unfit({ name: 'scan.pdf', size: 0 })).toMatch(/empty/);
  expect(unfit({ name: 'scan.pdf', size: 21 * 1024 * 1024 })).toBe('The file has 21.0 MB; the clinic takes 20 MB at most.');
  expect(unfit({ name: 'Scan.JPEG', size: 10 })).toBeUndefined();
});
test('sizes are told in the unit that people say', () => {
  expect(sizeWord(900)).toBe('900 bytes');
  expect(sizeWord(20_480)).toBe('20 kB');
});
test('a document is first called like its file', () => expect(titleOf('ECG_2026.03.pdf')).toBe('ECG 2026.03'));
