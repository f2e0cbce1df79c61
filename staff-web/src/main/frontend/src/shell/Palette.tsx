import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { IconArrowRight, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import '@mantine/spotlight/styles.css';
import { useHas, useMe } from '../api/me';
import { calendarDay } from '../parts/time';
import { shortName, usePatientsFound } from '../parts/patients';
import { placesOf } from './places';

const [store, spotlight] = createSpotlight();

/** Places and patients in one field. What is typed stays out of addresses and of the browser's history. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const navigate = useNavigate();
  const { roles } = useMe();
  const has = useHas();
  const seesPatients = has('front-desk', 'nurse', 'prescriber', 'therapist', 'biller');
  useEffect(() => spotlight.open(), []);

  const { data } = usePatientsFound(seesPatients ? asked : '');
  const places = placesOf(roles).filter((place) => place.label.toLowerCase().includes(text.trim().toLowerCase()));
  const patients = asked.length >= 2 ? (data?.items ?? []) : [];

  return (
    <Spotlight.Root store={store} query={text} onQueryChange={setText} onSpotlightClose={onClose} shortcut={null} scrollable maxHeight={420}>
      <Spotlight.Search placeholder={seesPatients ? 'A patient’s name, or where to go' : 'Where to go'} aria-label="Search or command" />
      <Spotlight.ActionsList>
        {patients.length > 0 ? (
          <Spotlight.ActionsGroup label="Patients">
            {patients.map((patient) => (
              <Spotlight.Action
                key={patient.id}
                label={shortName(patient)}
                description={`Born ${calendarDay(patient.birthDate)}`}
                leftSection={<IconUser size={18} />}
                onClick={() => void navigate({ to: '/patients/$patientId', params: { patientId: patient.id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {places.length > 0 ? (
          <Spotlight.ActionsGroup label="Go to">
            {places.map((place) => (
              <Spotlight.Action key={place.to} label={place.label} leftSection={<IconArrowRight size={18} />} onClick={() => void navigate({ to: place.to })} />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {places.length === 0 && patients.length === 0 ? <Spotlight.Empty>{asked.length < 2 ? 'Type two letters or more of a name' : 'Nothing found'}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
