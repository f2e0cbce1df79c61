import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';

const KEY = 'clinicops-dim';
type Scheme = 'light' | 'dark' | 'auto';

/**
 * Dark and at half the light beside a patient who is far away; this device keeps it for all sessions, and every other page is as
 * it was.
 */
export function useDim() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [dim, setDim] = useState(() => localStorage.getItem(KEY) !== null);
  useEffect(() => {
    if (!dim) return undefined;
    const before = (localStorage.getItem(KEY) ?? colorScheme) as Scheme;
    localStorage.setItem(KEY, before);
    document.documentElement.dataset['dim'] = '';
    setColorScheme('dark');
    return () => {
      delete document.documentElement.dataset['dim'];
      setColorScheme(before);
    };
    // only when it is switched, or the page left: the scheme changes because of it
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dim]);
  return {
    dim,
    toggle: () => {
      if (dim) localStorage.removeItem(KEY);
      setDim(!dim);
    },
  };
}
