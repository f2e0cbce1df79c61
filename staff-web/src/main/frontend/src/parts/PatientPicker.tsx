import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { calendarDay } from './time';
import { type PatientLine, shortName, usePatientsFound } from './patients';

const line = (patient: PatientLine) => `${shortName(patient)}, born ${calendarDay(patient.birthDate)}`;

/**
 * One patient by name, birth date or the end of a phone number, in a form. Two of one name are told apart by the birth date.
 *
 * @param value the patient's id; null while nobody is chosen
 */
export function PatientPicker({ label, description, value, onChange, error }: { label: string; description?: string; value: string | null; onChange: (patientId: string | null) => void; error?: string | undefined }) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<PatientLine>();
  const [asked] = useDebouncedValue(typed.trim(), 150);
  // the field shows the chosen line, which is no search
  const searching = asked.length >= 2 && !(chosen && asked === line(chosen));
  const found = usePatientsFound(searching ? asked : '');
  const lines = searching ? (found.data?.items ?? []) : [];
  const offered = chosen && !lines.some((one) => one.id === chosen.id) ? [...lines, chosen] : lines;
  return (
    <Select
      label={label}
      description={description}
      placeholder="Name, birth date or end of the phone number"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Nobody' }}
      data={offered.map((one) => ({ value: one.id, label: line(one) }))}
      // the server has searched
      filter={({ options }) => options}
      value={value}
      onChange={(id) => {
        setChosen(offered.find((one) => one.id === id));
        onChange(id);
      }}
      onSearchChange={setTyped}
      nothingFoundMessage={!searching ? 'Type two letters or more' : found.isError ? 'The search does not answer at the moment' : found.isPending ? 'Searching' : 'Nobody found'}
      error={error}
    />
  );
}
