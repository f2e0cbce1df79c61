import type { components } from '../api/generated/scheduling';

export type ChairAlarm = components['schemas']['AlarmAnswer'];

const UNITS: Record<string, string> = { systolic: 'mmHg', diastolic: 'mmHg', spo2: '%', heart: '/min', respiratory: '/min' };

/** The value that broke the limit, with its unit; MOAA/S has none. */
export const measured = (alarm: { kind: string; value?: number | null | undefined }) => (alarm.value == null ? '' : `${alarm.value} ${UNITS[alarm.kind.split('-')[0] ?? ''] ?? ''}`.trim());

/** A reading that none of the patient's own can have made: only what is measured can be an artefact. */
export const canBeArtefact = (alarm: { value?: number | null | undefined }) => alarm.value != null;

export const TOLD: Record<string, string> = { 'nurse-at-chair': 'the nurse at the chair', nurses: 'all nurses', prescribers: 'the prescribers' };
export const toldWord = (to: string) => TOLD[to] ?? to.replaceAll('-', ' ');

const STATION_SOUND = 'clinicops-station-sound';
/** Each device is a station of its own; a new one sounds. */
export const soundOn = () => localStorage.getItem(STATION_SOUND) !== 'off';
export const setSound = (on: boolean) => localStorage.setItem(STATION_SOUND, on ? 'on' : 'off');

/** Beside a chair nothing sounds: the patient there may be dissociating. */
export const besideChair = (path: string) => path.startsWith('/sessions/');
