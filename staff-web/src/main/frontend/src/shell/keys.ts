import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMe } from '../api/me';
import { placesOf } from './places';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Ctrl-K anything, `/` search of the page, `g` and a letter to go, `?` the sheet. */
export function useKeys({ onPalette, onSheet }: { onPalette: () => void; onSheet: () => void }) {
  const navigate = useNavigate();
  const { roles } = useMe();
  const go = useRef(0);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === '?') {
        onSheet();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('[data-page-search]');
        event.preventDefault();
        if (field) field.focus();
        else onPalette();
      } else if (event.key === 'g') {
        go.current = Date.now();
      } else if (Date.now() - go.current < 1500) {
        go.current = 0;
        const place = placesOf(roles).find((p) => p.key === event.key);
        if (place) void navigate({ to: place.to });
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [navigate, onPalette, onSheet, roles]);
}
