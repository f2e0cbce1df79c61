import { UnstyledButton } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useHas } from '../api/me';
import shell from '../shell/Shell.module.css';
import { useOpenAlarms } from './alarms';
import { besideChair, setSound, soundOn } from './words';
import { useStationSound } from './useStationSound';

const AlarmsDrawer = lazy(() => import('./AlarmsDrawer'));

/** The chairs' alarms on every screen: how many wait for somebody, and their sound at the station. */
export function AlarmsButton() {
  const has = useHas();
  const { data } = useOpenAlarms();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [open, setOpen] = useState(false);
  const [sound, setOn] = useState(soundOn);
  const waiting = data?.length ?? 0;
  useStationSound(waiting > 0 && sound && !besideChair(path));
  if (!has('nurse', 'prescriber')) return null;
  const escalated = data?.some((alarm) => alarm.told.length > 1) ?? false;
  const label = waiting === 0 ? 'No alarms at the chairs' : `${waiting} alarm${waiting === 1 ? '' : 's'} at the chairs${escalated ? ', escalated' : ''}`;
  return (
    <>
      <UnstyledButton className={shell.alerts} title={label} aria-label={label} data-open={waiting > 0 || undefined} data-escalated={waiting > 0 || undefined} onClick={() => setOpen(true)}>
        <IconHeartbeat size={20} stroke={1.8} aria-hidden />
        {waiting > 0 ? <span>{waiting}</span> : null}
      </UnstyledButton>
      <Suspense>
        {open ? (
          <AlarmsDrawer
            sound={sound}
            onSound={(on) => {
              setSound(on);
              setOn(on);
            }}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
