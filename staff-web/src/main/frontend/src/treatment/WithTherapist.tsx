import { NativeSelect } from '@mantine/core';
import { useTherapists } from './queries';

/** With whom the patient reflects after each session of the course that is booked; nothing where the clinic knows no therapist. */
export function WithTherapist({ value, onChange, error }: { value: string; onChange: (therapistId: string) => void; error: string | undefined }) {
  const therapists = (useTherapists().data ?? []).filter((one) => !one.retiredOn);
  if (therapists.length === 0) return null;
  return (
    <NativeSelect label="Integration sessions with" description="One after each session, booked together" value={value} onChange={(e) => onChange(e.currentTarget.value)} error={error}>
      <option value="">Nobody yet</option>
      {therapists.map((one) => (
        <option key={one.id} value={one.id}>
          {one.external ? `${one.name} (elsewhere, days only)` : one.name}
        </option>
      ))}
    </NativeSelect>
  );
}
