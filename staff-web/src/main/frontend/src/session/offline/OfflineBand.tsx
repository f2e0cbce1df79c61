import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useMe } from '../../api/me';
import { useNow, useZone } from '../../live/clock';
import { duration, timeOf } from '../../parts/time';
import { Badge, Banner } from '../../parts/Tone';
import { When } from '../../parts/When';
import { capital, humanized, ruleWords, type Session, VERBS } from '../model';
import { LOUDER_AFTER_MS, outbox, useEntries, useLink } from './link';
import { type Entry, isHeld } from './outbox';
import classes from './OfflineBand.module.css';

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** What this device has not told the server yet, and what that locks. */
export function OfflineBand({ session }: { session: Session }) {
  const me = useMe();
  const now = useNow();
  const zone = useZone();
  const { since, waiting } = useLink(session.id);
  const elsewhere = useEntries().filter((e) => e.sessionId !== session.id && e.user === me.username).length;
  const toGo = waiting.filter((e) => !e.refused && e.user === me.username && !isHeld(e));
  const refused = waiting.filter((e) => e.refused);
  const others = [...new Set(waiting.filter((e) => e.user !== me.username).map((e) => e.user))];
  const unsafe = since !== undefined || toGo.length > 0;

  useEffect(() => {
    if (!unsafe) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsafe]);

  const alone = since === undefined ? 0 : now - since;
  const locked = 'New doses and discharge are locked until it is back and all is sent.';
  return (
    <>
      {since !== undefined && alone >= LOUDER_AFTER_MS ? (
        <Banner tone="danger" title={`No network for ${duration(alone)}, ${toGo.length} waiting`}>
          Fetch another device or write on paper as well, and have somebody look after the network. What you record here is still kept and sent by itself. {locked} Don’t close or reload this page.
        </Banner>
      ) : since !== undefined ? (
        <Banner tone="waiting" title={`No network since ${timeOf(since, zone)}, ${toGo.length} waiting`}>
          Go on: vitals, stop, rescue drug, call for help, effect, transfer and leaving are kept on this device with their time. {locked} Don’t reload this page.
        </Banner>
      ) : toGo.length > 0 ? (
        <Banner tone="waiting" title={`${count(toGo.length, 'entry', 'entries')} on the way to the record`}>
          New doses and discharge are locked until all is sent.
        </Banner>
      ) : null}
      {others.map((user) => (
        <Banner key={user} tone="hold" title={`${count(waiting.filter((e) => e.user === user).length, 'entry', 'entries')} by ${user} not on record yet`}>
          They go when {user} signs in on this device. Nobody else’s name is put under them.
        </Banner>
      ))}
      {elsewhere > 0 && !unsafe ? <Banner tone="waiting" title={`${count(elsewhere, 'entry', 'entries')} of another session on the way to the record`} /> : null}
      {refused.map((entry) => (
        <Banner
          key={entry.id}
          tone="danger"
          title={`Not accepted: ${what(entry)}`}
          actions={
            <Button size="md" variant="default" onClick={() => void outbox.take(entry.id)}>
              I have seen it
            </Button>
          }
        >
          Of <When at={entry.at} show="time" />: {capital(entry.refused?.message || ruleWords(entry.refused?.rule ?? ''))}. It is not on record. Enter it again if it still holds.
        </Banner>
      ))}
    </>
  );
}

const SHOWN: readonly [key: string, word: string][] = [
  ['spo2', 'SpO2'],
  ['heartRate', 'heart rate'],
  ['respiratoryRate', 'breathing'],
  ['moaas', 'MOAA/S'],
  ['cadss6', 'CADSS-6'],
];

/** An entry in words. */
export function what(entry: Entry): string {
  const { body, kind } = entry;
  if (kind !== 'vitals') {
    const more = [body['reason'], body['drug'], body['effect'], body['severity']].filter((part) => typeof part === 'string').map((part) => humanized(part as string));
    return `${VERBS[kind]}${more.length > 0 ? `: ${more.join(', ')}` : ''}${typeof body['amountMg'] === 'number' ? ` ${body['amountMg']} mg` : ''}`;
  }
  const parts = SHOWN.flatMap(([key, word]) => (body[key] === undefined || body[key] === null ? [] : [`${word} ${body[key] as number}`]));
  return ['Vitals', ...(body['systolic'] === undefined ? [] : [`${body['systolic'] as number}/${body['diastolic'] as number}`]), ...parts].join(' · ').replace('Vitals · ', 'Vitals: ');
}

/** Everything of this session that waits, in the order in which it goes. Nothing of it is shown as done anywhere. */
export function WaitingList({ session }: { session: Session }) {
  const { waiting } = useLink(session.id);
  // what is held is no more a few seconds later
  useNow();
  const list = waiting.filter((e) => !e.refused && !isHeld(e));
  if (list.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="Waits to be sent">
      {list.map((entry) => (
        <li key={entry.id}>
          <When at={entry.at} show="time" />
          <span>{what(entry)}</span>
          <Badge tone="waiting">Waiting</Badge>
        </li>
      ))}
    </ul>
  );
}
