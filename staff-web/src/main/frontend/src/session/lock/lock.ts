import { useEffect, useSyncExternalStore } from 'react';
import { onReach, silentSince } from '../../api/reach';

/** Nobody has touched the screen beside a chair for so long: whoever comes by next may be anybody. */
export const LOCK_AFTER_MS = 2 * 60_000;

const KEY = 'clinicops-locked';
const listeners = new Set<() => void>();
/** Opened without a PIN, since nobody could be asked; it ends with the silence. */
let alone = false;

const tell = () => listeners.forEach((listener) => listener());

/** Every page of this device, also after a reload, until the PIN or a sign-in. */
export function lock(username: string) {
  alone = false;
  localStorage.setItem(KEY, username);
  tell();
}

export function unlock() {
  alone = false;
  localStorage.removeItem(KEY);
  tell();
}

/** A patient can't wait for the network: what can be recorded without it may be. */
export function openWithoutNetwork() {
  alone = true;
  tell();
}

onReach(() => {
  if (silentSince() === undefined) alone = false;
  tell();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export const useLocked = (username: string) => useSyncExternalStore(subscribe, () => localStorage.getItem(KEY) === username && !(alone && silentSince() !== undefined));

/** Locks when nobody has touched or typed for two minutes. */
export function useIdleLock(username: string) {
  useEffect(() => {
    // fetched while there is a network: without one it is too late
    void import('./LockScreen');
    let last = Date.now();
    const touched = () => {
      last = Date.now();
    };
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    kinds.forEach((kind) => document.addEventListener(kind, touched, { capture: true, passive: true }));
    const look = setInterval(() => {
      if (Date.now() - last < LOCK_AFTER_MS) return;
      last = Date.now();
      lock(username);
    }, 1_000);
    return () => {
      clearInterval(look);
      kinds.forEach((kind) => document.removeEventListener(kind, touched, { capture: true }));
    };
  }, [username]);
}
